package io.drey.profile.rules;

import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Blobs are mostly empty. */
public final class LowFill extends StoreRule {
  /** Below, it is no loss. */
  private static final long ENOUGH_BLOBS = 8;

  // Of the empty share. Blobs are half full and more after inserts in any order.
  private static final double NOTABLE_EMPTY = 0.55;
  private static final double BAD_EMPTY = 0.8;

  private static final TypedResult<IQuantity> FILL = Amounts.share("fill", "Fill");
  private static final TypedResult<IQuantity> BLOBS = Amounts.count("blobs", "Blobs");
  private static final TypedResult<IQuantity> USED = Amounts.bytes("used", "Used");
  private static final TypedResult<IQuantity> GAPS = Amounts.bytes("gaps", "Gaps");

  public LowFill() {
    super("DreyLowFill", "Fill of Blobs", List.of(FILL, BLOBS, USED, GAPS), "TreeStatistics");
  }

  @Override
  Verdict judge(Recorded recorded) {
    return worst(recorded.byStore("TreeStatistics").values(), all -> judge(all.getLast()))
        .orElse(Verdict.none("No tree was looked at."));
  }

  private static Verdict judge(Occurrence tree) {
    if (tree.number("blobs") < ENOUGH_BLOBS) {
      return Verdict.good("The tree has few blobs.");
    }
    double fill = tree.share("fill");
    return Verdict.of(1 - fill, NOTABLE_EMPTY, BAD_EMPTY, "{blobs} blobs are {fill} full.")
        .evidence(
            "The last Tree Statistics event: {used} are used, {gaps} are gaps that compaction"
                + " gains. Memory, the data file and checkpoints take whole blobs.")
        .change(
            "Call Tree.compact(): it packs blobs and joins small ones while the tree is in use.")
        .with(FILL, Amounts.share(fill))
        .with(BLOBS, Amounts.count(tree.number("blobs")))
        .with(USED, Amounts.bytes(tree.number("used")))
        .with(GAPS, Amounts.bytes(tree.number("gaps")));
  }
}
