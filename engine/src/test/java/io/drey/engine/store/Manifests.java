package io.drey.engine.store;

import io.drey.engine.frame.BlobRows;
import io.drey.engine.frame.EntryRow;
import io.drey.journal.LogEnd;
import io.drey.journal.SegmentLink;
import io.drey.journal.StoreId;
import java.nio.file.Path;
import java.util.List;

/** Example manifests for tests. */
final class Manifests {
  static final Path DIRECTORY = Path.of("/store");
  static final int FRAME = 8192;
  static final ManifestIdentity IDENTITY =
      ManifestIdentity.of(new StoreId(0x1122334455667788L, 0x99AABBCCDDEEFF00L), FRAME);

  private Manifests() {}

  static ManifestHead firstHead() {
    return new ManifestHead(1, 0, 0, 0, 0, 1, 0, 2, new SegmentLink(1, 77), List.of());
  }

  static StoredImage image(long blob, long slot, long epoch) {
    EntryRow plain = new EntryRow(0, 30, 5, 100, 50, new long[0], new int[0], new int[0]);
    EntryRow parent =
        new EntryRow(3, 9, 1, 9, 4, new long[] {blob + 1, 7}, new int[] {0, 255}, new int[] {4, 8});
    List<EntryRow> rows = blob % 2 == 0 ? List.of(plain) : List.of(plain, parent);
    return new StoredImage(slot, epoch, (int) (blob * 31 + epoch), new BlobRows(blob, rows));
  }

  /** Commit {@code i} of a little history: blobs come, move to other slots and go. */
  static ManifestChange step(int i) {
    long start = 1L + i / 3;
    ManifestHead head =
        new ManifestHead(
            1 + i / 4,
            i,
            100L * i,
            100L * i + 7,
            i,
            3 + i,
            1,
            2 + i / 2,
            new SegmentLink(start, 1000 + start),
            List.of(new LogEnd(i, new SegmentLink(start + 1, -i))));
    long slot = 4L * i;
    if (i == 1) {
      return new ManifestChange(
          head,
          List.of(image(1, slot, i), image(2, slot + 1, i), image(3, slot + 2, i)),
          List.of());
    }
    List<StoredImage> images = List.of(image(1, slot, i), image(2 + i, slot + 1, i));
    return new ManifestChange(head, images, i % 2 == 0 ? List.of(1L + i) : List.of());
  }

  /** Everything that a state says. */
  static String text(ManifestState state) {
    return state.identity() + "\n" + state.head() + "\n" + state.images();
  }
}
