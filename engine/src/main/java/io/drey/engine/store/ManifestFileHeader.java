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
 * The first 64 bytes of every manifest file. They keep this shape in every format version, so that
 * a flipped byte is told apart from another version.
 *
 * <pre>
 *  0        8        12       16                32       40       48      56       60      64
 *  +--------+--------+--------+--------+--------+--------+--------+-------+--------+--------+
 *  | magic  |version | frame  | store  | store  | file   | base   | 0     | 0      | crc32c |
 *  |        |        | bytes  | high   | low    | number | commit |       |        | 0..59  |
 *  +--------+--------+--------+--------+--------+--------+--------+-------+--------+--------+
 * </pre>
 */
final class ManifestFileHeader {
  static final StructLayout LAYOUT =
      struct(
          U64.withName("magic"),
          U32.withName("version"),
          U32.withName("frameBytes"),
          U64.withName("storeHigh"),
          U64.withName("storeLow"),
          U64.withName("fileNumber"),
          U64.withName("baseCommit"),
          U64.withName("reserved8"),
          U32.withName("reserved4"),
          U32.withName("checksum"));

  static final long MAGIC = at(LAYOUT, "magic");
  static final long VERSION = at(LAYOUT, "version");
  static final long FRAME_BYTES = at(LAYOUT, "frameBytes");
  static final long STORE_HIGH = at(LAYOUT, "storeHigh");
  static final long STORE_LOW = at(LAYOUT, "storeLow");
  static final long FILE_NUMBER = at(LAYOUT, "fileNumber");
  static final long BASE_COMMIT = at(LAYOUT, "baseCommit");
  static final long CHECKSUM = at(LAYOUT, "checksum");
  static final int SIZE = (int) LAYOUT.byteSize();

  /** The bytes {@code DREYMANI}. */
  static final long MAGIC_VALUE = 0x494E_414D_5945_5244L;

  private ManifestFileHeader() {}

  static MemorySegment encode(ManifestIdentity identity, long fileNumber, long baseCommit) {
    byte[] bytes = new byte[SIZE];
    MemorySegment header = MemorySegment.ofArray(bytes);
    header.set(U64, MAGIC, MAGIC_VALUE);
    header.set(U32, VERSION, identity.formatVersion());
    header.set(U32, FRAME_BYTES, identity.frameBytes());
    header.set(U64, STORE_HIGH, identity.storeId().high());
    header.set(U64, STORE_LOW, identity.storeId().low());
    header.set(U64, FILE_NUMBER, fileNumber);
    header.set(U64, BASE_COMMIT, baseCommit);
    header.set(U32, CHECKSUM, checksum(header));
    return header;
  }

  static ManifestIdentity identity(MemorySegment header) {
    StoreId id = new StoreId(header.get(U64, STORE_HIGH), header.get(U64, STORE_LOW));
    return new ManifestIdentity(id, header.get(U32, VERSION), header.get(U32, FRAME_BYTES));
  }

  static long magic(MemorySegment header) {
    return header.get(U64, MAGIC);
  }

  static long fileNumber(MemorySegment header) {
    return header.get(U64, FILE_NUMBER);
  }

  /** The number of the commit whose state the file's snapshot holds. */
  static long baseCommit(MemorySegment header) {
    return header.get(U64, BASE_COMMIT);
  }

  static boolean isIntact(MemorySegment header) {
    return header.get(U32, CHECKSUM) == checksum(header);
  }

  private static int checksum(MemorySegment header) {
    return Crc32c.of(header.asSlice(0, CHECKSUM).toArray(ValueLayout.JAVA_BYTE));
  }
}
