package io.drey.profile.rules;

import java.util.Comparator;
import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Nobody could change anything for long. */
public final class ClosedGate extends StoreRule {
  private static final double NOTABLE_NANOS = 50_000_000.0;
  private static final double BAD_NANOS = 500_000_000.0;

  private static final TypedResult<IQuantity> LONGEST = Amounts.span("longest", "Longest");
  private static final TypedResult<IQuantity> WAITS = Amounts.count("waits", "Waits");
  private static final TypedResult<IQuantity> TOTAL = Amounts.span("total", "All Waits");
  private static final TypedResult<IQuantity> GATE = Amounts.span("gate", "In a Checkpoint");

  public ClosedGate() {
    super(
        "DreyClosedGate",
        "The Closed Gate",
        List.of(LONGEST, WAITS, TOTAL, GATE),
        "LatchWait",
        "Checkpoint");
  }

  @Override
  Verdict judge(Recorded recorded) {
    List<Occurrence> waits = recorded.all("LatchWait");
    long longest = waits.stream().mapToLong(Occurrence::duration).max().orElse(0);
    long gate =
        recorded.all("Checkpoint").stream()
            .max(Comparator.comparingLong(round -> round.number("gate")))
            .map(round -> round.number("gate"))
            .orElse(0L);
    Verdict verdict =
        Verdict.of(
            (double) Math.max(longest, gate),
            NOTABLE_NANOS,
            BAD_NANOS,
            "For up to {longest} nobody could change anything.");
    return (verdict.isGood() ? Verdict.good("The gate was closed for instants only.") : verdict)
        .evidence(
            "{waits} Latch Wait events of {total} in all; the longest instant of a Checkpoint took"
                + " {gate}. What else closes the gate: snapshots, renamePrefix, deletePrefix,"
                + " dropTree, batches over many blobs, and pauses of the JVM meanwhile.")
        .change(
            "Look at the garbage collector's pauses and at the processors first. Split batches of"
                + " Tree.atomic that reach over many blobs. If checkpoints close it, lower"
                + " CheckpointPolicy.dirtyShare: fewer blobs change between two of them.")
        .with(LONGEST, Amounts.span(Math.max(longest, gate)))
        .with(WAITS, Amounts.count(waits.size()))
        .with(TOTAL, Amounts.span(Recorded.totalDuration(waits)))
        .with(GATE, Amounts.span(gate));
  }
}
