package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.at;
import static io.drey.engine.store.DiskLayout.struct;

import io.drey.journal.StoreId;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * The first bytes of the root in a user's store. Their shape is the same in every format version,
 * and they have a checksum of their own, so that a flipped byte is told apart from another version.
 *
 * <pre>
 *  0        8        12       16       24       32       40       44       48      56      60      64
 *  +--------+--------+--------+--------+--------+--------+--------+--------+-------+-------+-------+
 *  | magic  |version | frame  | store  | store  | length | images | spare  | next  | body  |crc32c |
 *  |        |        | bytes  | high   | low    |        |        | ids    | id    |crc32c | 0..59 |
 *  +--------+--------+--------+--------+--------+--------+--------+--------+-------+-------+-------+
 *  body: head, then for each image its id (8 bytes), image and entry rows, then the spare ids
 * </pre>
 */
final class RootHeader {
  static final StructLayout LAYOUT =
      struct(
          U64.withName("magic"),
          U32.withName("version"),
          U32.withName("frameBytes"),
          U64.withName("storeHigh"),
          U64.withName("storeLow"),
          U64.withName("length"),
          U32.withName("images"),
          U32.withName("spareIds"),
          U64.withName("nextId"),
          U32.withName("bodyChecksum"),
          U32.withName("checksum"));

  static final long MAGIC = at(LAYOUT, "magic");
  static final long VERSION = at(LAYOUT, "version");
  static final long FRAME_BYTES = at(LAYOUT, "frameBytes");
  static final long STORE_HIGH = at(LAYOUT, "storeHigh");
  static final long STORE_LOW = at(LAYOUT, "storeLow");
  static final long LENGTH = at(LAYOUT, "length");
  static final long IMAGES = at(LAYOUT, "images");
  static final long SPARE_IDS = at(LAYOUT, "spareIds");
  static final long NEXT_ID = at(LAYOUT, "nextId");
  static final long BODY_CHECKSUM = at(LAYOUT, "bodyChecksum");
  static final long CHECKSUM = at(LAYOUT, "checksum");
  static final int SIZE = (int) LAYOUT.byteSize();

  /** The bytes {@code DREYROOT}. */
  static final long MAGIC_VALUE = 0x544F_4F52_5945_5244L;

  private RootHeader() {}

  static void putIdentity(MemorySegment root, ManifestIdentity identity) {
    root.set(U64, MAGIC, MAGIC_VALUE);
    root.set(U32, VERSION, identity.formatVersion());
    root.set(U32, FRAME_BYTES, identity.frameBytes());
    root.set(U64, STORE_HIGH, identity.storeId().high());
    root.set(U64, STORE_LOW, identity.storeId().low());
  }

  static ManifestIdentity identity(MemorySegment root) {
    StoreId id = new StoreId(root.get(U64, STORE_HIGH), root.get(U64, STORE_LOW));
    return new ManifestIdentity(id, root.get(U32, VERSION), root.get(U32, FRAME_BYTES));
  }

  /** Writes both checksums; everything else is in place. */
  static void seal(byte[] bytes) {
    MemorySegment root = MemorySegment.ofArray(bytes);
    root.set(U32, BODY_CHECKSUM, bodyChecksum(bytes));
    root.set(U32, CHECKSUM, headerChecksum(root));
  }

  static boolean isHeaderIntact(MemorySegment root) {
    return root.get(U32, CHECKSUM) == headerChecksum(root);
  }

  static boolean isBodyIntact(byte[] bytes) {
    return MemorySegment.ofArray(bytes).get(U32, BODY_CHECKSUM) == bodyChecksum(bytes);
  }

  private static int headerChecksum(MemorySegment root) {
    return Crc32c.of(root.asSlice(0, CHECKSUM).toArray(ValueLayout.JAVA_BYTE));
  }

  private static int bodyChecksum(byte[] bytes) {
    return Crc32c.salted(new byte[0], bytes, SIZE, bytes.length - SIZE);
  }
}
