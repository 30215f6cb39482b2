package io.drey.profile.rules;

import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Nobody could change anything for long. */
public final class ClosedGate extends StoreRule {
  private static final double NOTABLE_NANOS = 50_000_000.0;
  private static final double BAD_NANOS = 500_000_000.0;

  /** The mode of a wait that holds no change up. */
  private static final String EPOCH = "Epoch";

  private static final TypedResult<IQuantity> LONGEST = Amounts.span("longest", "Longest");
  private static final TypedResult<IQuantity> WAITS = Amounts.count("waits", "Waits");
  private static final TypedResult<IQuantity> TOTAL = Amounts.span("total", "All Waits");

  public ClosedGate() {
    super("DreyClosedGate", "The Closed Gate", List.of(LONGEST, WAITS, TOTAL), "LatchWait");
  }

  @Override
  Verdict judge(Recorded recorded) {
    List<Occurrence> waits =
        recorded.all("LatchWait").stream()
            .filter(wait -> !wait.text("mode").equals(EPOCH))
            .toList();
    long longest = waits.stream().mapToLong(Occurrence::duration).max().orElse(0);
    Verdict verdict =
        Verdict.of(
            (double) longest,
            NOTABLE_NANOS,
            BAD_NANOS,
            "For up to {longest} nobody could change anything.");
    return (verdict.isGood() ? Verdict.good("The gate was closed for instants only.") : verdict)
        .evidence(
            "{waits} Latch Wait events of {total} in all. What closes the gate: batches, renames,"
                + " renamePrefix, deletePrefix, dropTree, compaction, and pauses of the JVM"
                + " meanwhile; snapshots and checkpoints do not.")
        .change(
            "Look at the garbage collector's pauses and at the processors first. Split batches of"
                + " Tree.atomic that reach over many blobs.")
        .with(LONGEST, Amounts.span(longest))
        .with(WAITS, Amounts.count(waits.size()))
        .with(TOTAL, Amounts.span(Recorded.totalDuration(waits)));
  }
}
