package io.drey.profile.rules;

import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** The opening of a store is mostly replay of the journal. */
public final class LongReplay extends StoreRule {
  /** A shorter opening is nobody's trouble. */
  private static final long LONG_NANOS = 200_000_000;

  private static final double DOMINANT = 0.5;
  private static final double NOTABLE_NANOS = 200_000_000.0;
  private static final double BAD_NANOS = 5_000_000_000.0;

  private static final TypedResult<IQuantity> OPENING = Amounts.span("opening", "Opening");
  private static final TypedResult<IQuantity> REPLAY = Amounts.share("replay", "Replay");
  private static final TypedResult<IQuantity> RECORDS = Amounts.count("records", "Records");
  private static final TypedResult<String> TAIL = Amounts.text("tail", "Journal Tail");

  public LongReplay() {
    super(
        "DreyLongReplay",
        "Replay at Opening",
        List.of(OPENING, REPLAY, RECORDS, TAIL),
        "StoreOpen");
  }

  @Override
  Verdict judge(Recorded recorded) {
    var phases = recorded.byStore("RecoveryPhase");
    return worst(
            recorded.all("StoreOpen"),
            opening -> judge(opening, phases.getOrDefault(opening.store(), List.of())))
        .orElse(Verdict.none("No store was opened."));
  }

  private static Verdict judge(Occurrence opening, List<Occurrence> phases) {
    long replay =
        phases.stream()
            .filter(phase -> phase.text("phase").equals("Replay"))
            .mapToLong(Occurrence::duration)
            .sum();
    double share = (double) replay / Math.max(1, opening.duration());
    if (share < DOMINANT || opening.duration() < LONG_NANOS) {
      return Verdict.good("Stores opened without a long replay.");
    }
    return Verdict.of(
            (double) opening.duration(),
            NOTABLE_NANOS,
            BAD_NANOS,
            "A store took {opening} to open, {replay} of it to replay {records} records.")
        .evidence("Store Opening and its Recovery Phase events; the journal ended: {tail}.")
        .change(
            "Close stores: Tree.close() ends with a checkpoint, and nothing is to be replayed."
                + " For a faster start after a crash lower CheckpointPolicy.journalBytes or"
                + " CheckpointPolicy.interval, or call Tree.checkpoint() after large changes.")
        .with(OPENING, Amounts.span(opening.duration()))
        .with(REPLAY, Amounts.share(share))
        .with(RECORDS, Amounts.count(opening.number("records")))
        .with(TAIL, opening.text("tail"));
  }
}
