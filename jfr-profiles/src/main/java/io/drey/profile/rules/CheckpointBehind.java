package io.drey.profile.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Checkpoints hardly keep up with the journal: one follows the other, or it nears its limit. */
public final class CheckpointBehind extends StoreRule {
  private static final int ENOUGH_ROUNDS = 3;

  // Rounds are due at a quarter of the limit.
  private static final double NOTABLE_JOURNAL = 0.5;
  private static final double BAD_JOURNAL = 0.9;
  private static final double NOTABLE_BUSY = 0.7;
  private static final double BAD_BUSY = 0.95;

  private static final List<String> PHASES =
      List.of("quiesce", "seal", "write", "force", "commit", "release", "recycle");
  private static final Set<String> BY_THEMSELVES =
      Set.of("Journal", "Dirty Share", "Interval", "Back-Pressure");

  private static final TypedResult<IQuantity> FILLED = Amounts.share("filled", "Journal's Limit");
  private static final TypedResult<IQuantity> LIMIT = Amounts.bytes("limit", "Limit");
  private static final TypedResult<IQuantity> BUSY = Amounts.share("busy", "Checkpoints");
  private static final TypedResult<IQuantity> ROUNDS = Amounts.count("rounds", "Rounds");
  private static final TypedResult<String> PHASE = Amounts.text("phase", "Longest Phase");
  private static final TypedResult<IQuantity> PHASE_SHARE =
      Amounts.share("phaseShare", "Share of the Longest Phase");

  public CheckpointBehind() {
    super(
        "DreyCheckpointBehind",
        "Checkpoints and the Journal",
        List.of(FILLED, LIMIT, BUSY, ROUNDS, PHASE, PHASE_SHARE),
        "JournalStatistics",
        "Checkpoint");
  }

  @Override
  Verdict judge(Recorded recorded) {
    var rounds = recorded.byStore("Checkpoint");
    return worst(rounds.values(), CheckpointBehind::judgeRounds)
        .filter(verdict -> !verdict.isGood())
        .or(() ->
            worst(
                recorded.byStore("JournalStatistics").entrySet(),
                store ->
                    judgeJournal(store.getValue(), rounds.getOrDefault(store.getKey(), List.of()))))
        .orElse(Verdict.good("No checkpoint was behind the journal."));
  }

  private static Verdict judgeRounds(List<Occurrence> all) {
    List<Occurrence> rounds =
        all.stream().filter(round -> BY_THEMSELVES.contains(round.text("reason"))).toList();
    if (rounds.size() < ENOUGH_ROUNDS) {
      return Verdict.good("No checkpoint was behind the journal.");
    }
    double busy = (double) Recorded.totalDuration(rounds) / Recorded.span(rounds);
    return say(
            rounds,
            Verdict.of(
                busy,
                NOTABLE_BUSY,
                BAD_BUSY,
                "Checkpoints ran for {busy} of the time, one after the other."))
        .with(BUSY, Amounts.share(busy));
  }

  private static Verdict judgeJournal(List<Occurrence> journal, List<Occurrence> rounds) {
    List<Occurrence> limited = journal.stream().filter(at -> at.number("limit") > 0).toList();
    if (limited.isEmpty()) {
      return Verdict.good("No checkpoint runs by itself, and no journal has a limit.");
    }
    Occurrence fullest =
        limited.stream().max(Comparator.comparingDouble(CheckpointBehind::filled)).orElseThrow();
    return say(
            rounds,
            Verdict.of(
                filled(fullest),
                NOTABLE_JOURNAL,
                BAD_JOURNAL,
                "The journal behind the last checkpoint reached {filled} of its limit, {limit}."))
        .with(FILLED, Amounts.share(filled(fullest)))
        .with(LIMIT, Amounts.bytes(fullest.number("limit")));
  }

  private static double filled(Occurrence journal) {
    return (double) journal.number("sinceCheckpoint") / journal.number("limit");
  }

  private static Verdict say(List<Occurrence> rounds, Verdict verdict) {
    String phase = "none";
    long longest = 0;
    long total = 1;
    for (String each : PHASES) {
      long nanos = rounds.stream().mapToLong(round -> round.number(each)).sum();
      total += nanos;
      if (nanos > longest) {
        longest = nanos;
        phase = each;
      }
    }
    return verdict
        .evidence(
            rounds.isEmpty()
                ? "Journal Statistics events; no round ran meanwhile."
                : "{rounds} Checkpoint events; their phase {phase} took {phaseShare} of them.")
        .change(
            "Raise CheckpointPolicy.journalBytes, of which the limit is four times: fewer rounds"
                + " write a blob that changes often fewer times. If write or force takes most, the"
                + " device is the limit.")
        .with(ROUNDS, Amounts.count(rounds.size()))
        .with(PHASE, phase)
        .with(PHASE_SHARE, Amounts.share((double) longest / total));
  }
}
