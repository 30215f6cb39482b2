package io.drey.crash;

/**
 * A broken invariant and how to see it again.
 *
 * @param campaign what was looking
 * @param verdict which invariant, and what was expected and found
 * @param seed the seed of the campaign's run
 * @param where the crash point or fault, for example {@code "position 17 of 120"}
 * @param reproduction shortened: one operation or effect a line
 */
public record Finding(
    String campaign, Verdict.Broken verdict, long seed, String where, String reproduction) {
  /** The finding in one line, without its reproduction. */
  public String line() {
    return "%s: %s broken at %s (seed %d): %s"
        .formatted(campaign, verdict.invariant(), where, seed, firstLine(verdict.detail()));
  }

  /** All of it, over several lines. */
  @Override
  public String toString() {
    return "%s: %s broken at %s (seed %d)%n%s%n%s"
        .formatted(
            campaign,
            verdict.invariant(),
            where,
            seed,
            verdict.detail().indent(2).stripTrailing(),
            reproduction.indent(2).stripTrailing());
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
