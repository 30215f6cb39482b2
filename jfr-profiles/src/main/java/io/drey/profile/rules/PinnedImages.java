package io.drey.profile.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Snapshots keep many images that nobody else needs. */
public final class PinnedImages extends StoreRule {
  private static final long FRAME_BYTES = 512 << 10;

  /** Below, it is no loss. */
  private static final long ENOUGH_IMAGES = 8;

  // Of what they take, to the live data.
  private static final double NOTABLE_PART = 0.25;
  private static final double BAD_PART = 1;

  private static final TypedResult<IQuantity> IMAGES = Amounts.count("images", "Images");
  private static final TypedResult<IQuantity> BYTES = Amounts.bytes("bytes", "Their Frames");
  private static final TypedResult<IQuantity> AGE = Amounts.span("age", "Oldest Snapshot");
  private static final TypedResult<IQuantity> OPEN = Amounts.count("open", "Open Snapshots");
  private static final TypedResult<IQuantity> PART = Amounts.share("pinned", "Of the Live Data");

  public PinnedImages() {
    super(
        "DreyPinnedImages",
        "Snapshots",
        List.of(IMAGES, BYTES, AGE, OPEN, PART),
        "SpaceStatistics");
  }

  @Override
  Verdict judge(Recorded recorded) {
    Map<Long, List<Occurrence>> trees = recorded.byStore("TreeStatistics");
    return worst(
            recorded.byStore("SpaceStatistics").entrySet(),
            store -> judge(store.getValue(), trees.getOrDefault(store.getKey(), List.of())))
        .orElse(Verdict.none("No store was looked at."));
  }

  private static Verdict judge(List<Occurrence> space, List<Occurrence> tree) {
    Occurrence most =
        space.stream()
            .max(Comparator.comparingLong(at -> at.number("snapshotImages")))
            .orElseThrow();
    long images = most.number("snapshotImages");
    if (images < ENOUGH_IMAGES) {
      return Verdict.good("Snapshots kept few images.");
    }
    long blobs = tree.stream().mapToLong(at -> at.number("blobs")).max().orElse(0);
    long live = Math.max(most.number("live"), Math.max(1, blobs) * FRAME_BYTES);
    double part = (double) images * FRAME_BYTES / live;
    return Verdict.of(
            part,
            NOTABLE_PART,
            BAD_PART,
            "Snapshots kept {images} images that nobody else needs, the oldest for {age}.")
        .evidence(
            "Space Statistics: open snapshots: {open}; what they kept takes {bytes}, {pinned}"
                + " of the live data. Snapshot events tell how long each was open.")
        .change(
            "Close snapshots as soon as they are read, with try-with-resources; take a new one for"
                + " each piece of a long job where it need not see one moment.")
        .with(IMAGES, Amounts.count(images))
        .with(BYTES, Amounts.bytes(images * FRAME_BYTES))
        .with(AGE, Amounts.span(most.number("oldestSnapshot")))
        .with(OPEN, Amounts.count(most.number("snapshots")))
        .with(PART, Amounts.share(part));
  }
}
