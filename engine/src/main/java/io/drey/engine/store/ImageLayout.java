package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U16;
import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.at;
import static io.drey.engine.store.DiskLayout.struct;

import io.drey.engine.frame.BlobRows;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * One blob's durable image; its entry rows follow.
 *
 * <pre>
 *  0        8        16       24         28        30    32
 *  +--------+--------+--------+----------+---------+-----+-- -- --
 *  | blob   | slot   | epoch  | header   | entries | 0   | entry rows
 *  |        |        |        | checksum |         |     |
 *  +--------+--------+--------+----------+---------+-----+-- -- --
 * </pre>
 */
final class ImageLayout {
  static final StructLayout LAYOUT =
      struct(
          U64.withName("blob"),
          U64.withName("slot"),
          U64.withName("epoch"),
          U32.withName("headerChecksum"),
          U16.withName("entries"),
          U16.withName("reserved2"));

  static final long BLOB = at(LAYOUT, "blob");
  static final long SLOT = at(LAYOUT, "slot");
  static final long EPOCH = at(LAYOUT, "epoch");
  static final long HEADER_CHECKSUM = at(LAYOUT, "headerChecksum");
  static final long ENTRIES = at(LAYOUT, "entries");
  static final int SIZE = (int) LAYOUT.byteSize();

  private ImageLayout() {}

  static void put(MemorySegment target, long base, StoredImage image, int entries) {
    target.set(U64, base + BLOB, image.blob());
    target.set(U64, base + SLOT, image.slot());
    target.set(U64, base + EPOCH, image.epoch());
    target.set(U32, base + HEADER_CHECKSUM, image.headerChecksum());
    target.set(U16, base + ENTRIES, (short) entries);
  }

  static long blob(MemorySegment source, long base) {
    return source.get(U64, base + BLOB);
  }

  static int entries(MemorySegment source, long base) {
    return Short.toUnsignedInt(source.get(U16, base + ENTRIES));
  }

  static StoredImage get(MemorySegment source, long base, BlobRows rows) {
    return new StoredImage(
        source.get(U64, base + SLOT),
        source.get(U64, base + EPOCH),
        source.get(U32, base + HEADER_CHECKSUM),
        rows);
  }
}
