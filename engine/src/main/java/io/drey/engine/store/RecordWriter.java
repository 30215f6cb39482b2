package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U16;
import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.U8;

import io.drey.journal.LogEnd;
import io.drey.journal.StoreId;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Writes one group of records, part by part, from a given offset on; forces nothing.
 *
 * <p>A part is written out when it holds {@link #PART_BYTES}, so a snapshot of any size needs one
 * small buffer, and no record is longer than {@link RecordHeader#LONGEST}.
 */
final class RecordWriter {
  /** A part with so many bytes takes no further item. */
  static final int PART_BYTES = 1 << 18;

  private final StorageFile file;
  private final StoreId store;
  private final long fileNumber;
  private final long commit;
  private final byte kind;
  private final long group;

  private byte[] bytes = new byte[1 << 12];
  private MemorySegment part = MemorySegment.ofArray(bytes);
  private int used = RecordHeader.SIZE;
  private long offset;
  private int parts;
  private int images;
  private int removed;

  RecordWriter(
      StorageFile file, StoreId store, long fileNumber, long commit, byte kind, long group) {
    this.file = file;
    this.store = store;
    this.fileNumber = fileNumber;
    this.commit = commit;
    this.kind = kind;
    this.group = group;
    this.offset = group;
  }

  void image(StoredImage image) throws IOException {
    int size = size(image);
    if (removed > 0) {
      throw new IllegalStateException("images come before removed blobs");
    }
    ensure(size);
    int entries = image.rows().entries().size();
    ImageLayout.put(part, used, image, entries);
    RowsLayout.put(part, used + ImageLayout.SIZE, image.rows());
    used += size;
    images++;
    writeOutWhenFull();
  }

  void removed(long blob) throws IOException {
    ensure(Long.BYTES);
    part.set(U64, used, blob);
    used += Long.BYTES;
    removed++;
    writeOutWhenFull();
  }

  /** Ends the group; returns the offset behind it. */
  long finish(ManifestHead head) throws IOException {
    int ends = head.logEnds().size();
    ensure(HeadLayout.SIZE + ends * LogEndLayout.SIZE);
    HeadLayout.put(part, used, head);
    used += HeadLayout.SIZE;
    for (LogEnd end : head.logEnds()) {
      LogEndLayout.put(part, used, end);
      used += LogEndLayout.SIZE;
    }
    writeOut(RecordHeader.IS_LAST, ends);
    return offset;
  }

  /** Encoded size of an image with its rows, in bytes. */
  static int size(StoredImage image) {
    return ImageLayout.SIZE + RowsLayout.size(image.rows());
  }

  private void writeOutWhenFull() throws IOException {
    if (used >= PART_BYTES) {
      writeOut(RecordHeader.NOT_LAST, 0);
    }
  }

  private void writeOut(byte last, int logEnds) throws IOException {
    part.set(U32, RecordHeader.LENGTH, used);
    part.set(U64, RecordHeader.COMMIT, commit);
    part.set(U64, RecordHeader.GROUP, group);
    part.set(U32, RecordHeader.PART, parts);
    part.set(U8, RecordHeader.KIND, kind);
    part.set(U8, RecordHeader.LAST, last);
    part.set(U16, RecordHeader.RESERVED_2, (short) 0);
    part.set(U32, RecordHeader.IMAGES, images);
    part.set(U32, RecordHeader.REMOVED, removed);
    part.set(U32, RecordHeader.LOG_ENDS, logEnds);
    part.set(U32, RecordHeader.RESERVED_4, 0);
    byte[] salt = RecordHeader.salt(store, fileNumber, offset);
    part.set(U32, RecordHeader.CHECKSUM, RecordHeader.checksum(bytes, 0, used, salt));
    file.write(offset, part.asSlice(0, used));
    offset += used;
    parts++;
    images = 0;
    removed = 0;
    Arrays.fill(bytes, 0, used, (byte) 0);
    used = RecordHeader.SIZE;
  }

  private void ensure(int more) {
    int needed = used + more;
    if (needed > RecordHeader.LONGEST) {
      throw new IllegalArgumentException("a manifest record of " + needed + " bytes");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
      part = MemorySegment.ofArray(bytes);
    }
  }
}
