package io.drey.profile.rules;

import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Snapshots were given up without being closed. */
public final class LeakedSnapshots extends StoreRule {
  private static final double BAD = 2;

  /** With a module in front of the class, or without. */
  private static final Pattern OF_DREY =
      Pattern.compile("([^(]*/)?io\\.drey\\.((engine|journal|vfs)\\.[a-z.]*)?[A-Z].*");

  private static final TypedResult<IQuantity> LEAKS = Amounts.count("leaks", "Leaks");
  private static final TypedResult<IQuantity> AGE = Amounts.span("age", "Oldest");
  private static final TypedResult<String> ORIGIN = Amounts.text("origin", "Opened By");

  public LeakedSnapshots() {
    super("DreyLeakedSnapshots", "Leaked Snapshots", List.of(LEAKS, AGE, ORIGIN), "Leak");
  }

  @Override
  Verdict judge(Recorded recorded) {
    List<Occurrence> leaks = recorded.all("Leak");
    if (leaks.isEmpty()) {
      return Verdict.good("No snapshot was left open.");
    }
    return Verdict.of(
            BAD,
            1,
            BAD,
            "Snapshots given up without being closed: {leaks}, the first one opened by {origin}.")
        .evidence(
            "Leak events have the stack that opened each; the oldest lived {age}. Until the"
                + " garbage collector finds one, it keeps every image it can see.")
        .change("Open snapshots in try-with-resources.")
        .with(LEAKS, Amounts.count(leaks.size()))
        .with(AGE, Amounts.span(leaks.stream().mapToLong(at -> at.number("age")).max().orElse(0)))
        .with(ORIGIN, opener(leaks.getFirst().text("origin")));
  }

  /** The first frame outside Drey, or the first. */
  private static String opener(String stack) {
    List<String> frames = stack.lines().toList();
    return frames.stream()
        .filter(frame -> !OF_DREY.matcher(frame).matches())
        .findFirst()
        .orElse(frames.isEmpty() ? "an unknown caller" : frames.getFirst());
  }
}
