package io.drey.profile.rules;

import java.util.List;
import java.util.Set;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Checkpoints write far more than has changed. */
public final class RewrittenBlobs extends StoreRule {
  private static final int ENOUGH_ROUNDS = 3;
  private static final long ENOUGH_BYTES = 32 << 20;

  // Bytes of the data file for each byte of the journal.
  private static final double NOTABLE_TIMES = 30;
  private static final double BAD_TIMES = 300;

  /** Rounds that a policy begins; the others are the user's own. */
  private static final Set<String> BY_POLICY = Set.of("Journal", "Dirty Share", "Interval");

  private static final TypedResult<IQuantity> TIMES = Amounts.count("times", "Times Written");
  private static final TypedResult<IQuantity> ROUNDS = Amounts.count("rounds", "Rounds");
  private static final TypedResult<IQuantity> WRITTEN = Amounts.bytes("written", "Written");
  private static final TypedResult<IQuantity> JOURNAL = Amounts.bytes("journal", "Journal");
  private static final TypedResult<String> REASON = Amounts.text("reason", "Most Frequent Reason");

  public RewrittenBlobs() {
    super(
        "DreyRewrittenBlobs",
        "What Checkpoints Write",
        List.of(TIMES, ROUNDS, WRITTEN, JOURNAL, REASON),
        "Checkpoint");
  }

  @Override
  Verdict judge(Recorded recorded) {
    return worst(recorded.byStore("Checkpoint").values(), RewrittenBlobs::judge)
        .orElse(Verdict.good("No checkpoint ran."));
  }

  private static Verdict judge(List<Occurrence> all) {
    List<Occurrence> rounds =
        all.stream().filter(round -> BY_POLICY.contains(round.text("reason"))).toList();
    long written = rounds.stream().mapToLong(round -> round.number("bytes")).sum();
    long journal = rounds.stream().mapToLong(round -> round.number("journalBytes")).sum();
    if (rounds.size() < ENOUGH_ROUNDS || written < ENOUGH_BYTES || journal == 0) {
      return Verdict.good("Checkpoints wrote little.");
    }
    double times = (double) written / journal;
    return Verdict.of(
            times,
            NOTABLE_TIMES,
            BAD_TIMES,
            "Checkpoints wrote {times} bytes for each byte of the journal.")
        .evidence(
            "{rounds} Checkpoint events, most of them by {reason}, wrote {written} for {journal} of"
                + " changes: each writes whole every blob that changed.")
        .change(
            "Let more changes meet in a blob before it is written: raise CheckpointPolicy.interval,"
                + " journalBytes or dirtyShare, whichever begins the rounds, or"
                + " TreeConfig.withPoolBytes.")
        .with(TIMES, Amounts.count(times))
        .with(ROUNDS, Amounts.count(rounds.size()))
        .with(WRITTEN, Amounts.bytes(written))
        .with(JOURNAL, Amounts.bytes(journal))
        .with(REASON, reason(rounds));
  }

  private static String reason(List<Occurrence> rounds) {
    return Recorded.group(rounds, round -> round.text("reason")).entrySet().stream()
        .max((a, b) -> Integer.compare(a.getValue().size(), b.getValue().size()))
        .map(most -> most.getKey())
        .orElse("");
  }
}
