package io.drey;

import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.pool.BlobFigures;
import io.drey.engine.pool.ImageStore;
import io.drey.engine.store.SlotSet;
import io.drey.engine.store.StoredImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the figures of a store; touches neither marks of use nor counters. */
final class Statistics {
  private Statistics() {}

  static TreeStats of(OpenStore store) {
    List<BlobFigures> known = new ArrayList<>();
    List<StoredImage> unknown = new ArrayList<>();
    long stamp = store.pool.ledger().enter();
    int dirty;
    long poolBytes;
    long directoryBytes;
    int snapshots;
    int oldImages;
    try {
      store.checkOpen();
      store.pool.figures(known::add, unknown::add);
      dirty = store.pool.dirtyFrames();
      snapshots = store.pool.snapshots();
      oldImages = store.pool.oldImages();
      poolBytes = store.pool.memoryBytes();
      directoryBytes = store.pool.directoryBytes();
    } finally {
      store.pool.ledger().leave(stamp);
    }
    ImageStore images = store.recovered.images();
    readUnknown(store, images, unknown, known);
    Checkpointer rounds = store.checkpointer;
    CheckpointParts parts = store.recovered.checkpoints();
    TreeStats.DataAccess access = images == null ? TreeStats.DataAccess.NONE : images.access();
    SlotSet.Counts slots = images == null ? null : images.slotCounts();
    return new TreeStats(
        blobs(known),
        access,
        dirty,
        Math.max(0, store.lookups.sum() - store.residency.loads()),
        store.residency.loads(),
        store.residency.cold().pageReads(),
        store.residency.cold().pageHits(),
        store.restarts.count(),
        store.conflicts.count(),
        rounds == null ? 0 : rounds.attempted(),
        rounds == null ? 0 : rounds.succeeded(),
        images == null ? 0 : images.written(),
        store.pool.merges(),
        store.pool.splits(),
        store.residency.evictions(),
        parts == null ? 0 : parts.log().bytes(),
        parts == null ? 0 : parts.log().forces(),
        snapshots,
        oldImages,
        poolBytes + (images == null ? 0 : images.bufferBytes()),
        access == TreeStats.DataAccess.NONE || access == TreeStats.DataAccess.MAPPED
            ? Long.MAX_VALUE
            : store.config.poolBytes(),
        directoryBytes,
        slots == null ? 0 : (slots.live() + slots.written()) * FrameSize.BYTES,
        slots == null ? 0 : (slots.free() + slots.quarantined()) * FrameSize.BYTES);
  }

  private static void readUnknown(
      OpenStore store,
      @Nullable ImageStore images,
      List<StoredImage> unknown,
      List<BlobFigures> known) {
    if (images == null) {
      return;
    }
    for (StoredImage stored : unknown) {
      try {
        BlobFigures figures = images.figures(stored);
        if (figures != null) {
          known.add(figures);
        }
      } catch (IOException e) {
        throw store.failure("stats", e);
      }
    }
  }

  private static List<BlobStats> blobs(List<BlobFigures> figures) {
    return figures.stream()
        .sorted(Comparator.comparingLong(BlobFigures::blob))
        .map(f ->
            new BlobStats(
                f.blob(), f.bytesUsed(), f.gapBytes(), f.leaves(), f.edges(), f.compactions()))
        .toList();
  }
}
