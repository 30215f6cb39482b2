package io.drey.journal;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The first block of a segment file.
 *
 * <pre>
 *   0 magic            8 version   12 segment bytes
 *  16 store id (two words)
 *  32 number          40 salt
 *  48 seq floor       56 manifest number
 *  64 incarnation     68 crc32c of the block with this field zero
 *  72 zero to 4096
 * </pre>
 *
 * <p>INVARIANT J3: the block is forced, and the directory that holds its name, before anything
 * links to the segment. So it is never torn where somebody looks for it.
 *
 * @param segmentBytes size of the segment when it was made
 * @param store the store it belongs to
 * @param link number and salt
 * @param seqFloor no record in the segment has a lower sequence number; the segment is made ahead
 *     of its use, so its first record may have a higher one
 * @param manifestNumber the newest manifest that was forced when the segment was made
 * @param incarnation the incarnation then
 */
record SegmentHeader(
    int segmentBytes,
    StoreId store,
    SegmentLink link,
    long seqFloor,
    long manifestNumber,
    int incarnation) {

  private static final MemoryLayout LAYOUT =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_LONG.withName("magic"),
          ValueLayout.JAVA_INT.withName("version"),
          ValueLayout.JAVA_INT.withName("segmentBytes"),
          ValueLayout.JAVA_LONG.withName("storeHigh"),
          ValueLayout.JAVA_LONG.withName("storeLow"),
          ValueLayout.JAVA_LONG.withName("number"),
          ValueLayout.JAVA_LONG.withName("salt"),
          ValueLayout.JAVA_LONG.withName("seqFloor"),
          ValueLayout.JAVA_LONG.withName("manifestNumber"),
          ValueLayout.JAVA_INT.withName("incarnation"),
          ValueLayout.JAVA_INT.withName("crc"),
          MemoryLayout.sequenceLayout(4024, ValueLayout.JAVA_BYTE).withName("reserved"));

  /** Bytes of the block; records begin behind it. */
  static final int BYTES = (int) LAYOUT.byteSize();

  /** {@code DREYJRNL} as it reads in the file. */
  static final long MAGIC = 0x4C4E524A59455244L;

  /** The format this code writes and reads. */
  static final int VERSION = 2;

  private static final int CRC = at("crc");
  private static final int RESERVED = at("reserved");

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static int at(String field) {
    return (int) LAYOUT.byteOffset(PathElement.groupElement(field));
  }

  /** The block, in memory that may be given to a file. */
  MemorySegment encode() {
    byte[] block = new byte[BYTES];
    LONGS.set(block, at("magic"), MAGIC);
    INTS.set(block, at("version"), VERSION);
    INTS.set(block, at("segmentBytes"), segmentBytes);
    LONGS.set(block, at("storeHigh"), store.high());
    LONGS.set(block, at("storeLow"), store.low());
    LONGS.set(block, at("number"), link.number());
    LONGS.set(block, at("salt"), link.salt());
    LONGS.set(block, at("seqFloor"), seqFloor);
    LONGS.set(block, at("manifestNumber"), manifestNumber);
    INTS.set(block, at("incarnation"), incarnation);
    INTS.set(block, CRC, checksum(block));
    return MemorySegment.ofArray(block);
  }

  /**
   * What keeps the first bytes of {@code image} from being the header of a segment of {@code store}
   * named {@code link} under manifests up to {@code newestManifest}; null if nothing does.
   */
  static @Nullable Damage check(
      byte[] image, int length, StoreId store, SegmentLink link, long newestManifest) {
    if (length < BYTES) {
      return Damage.SHORT_FILE;
    }
    if ((long) LONGS.get(image, at("magic")) != MAGIC) {
      return Damage.BAD_HEADER;
    }
    if ((int) INTS.get(image, at("version")) != VERSION) {
      return Damage.UNKNOWN_VERSION;
    }
    if ((int) INTS.get(image, CRC) != checksum(image) || !isSound(image)) {
      return Damage.BAD_HEADER;
    }
    if ((long) LONGS.get(image, at("storeHigh")) != store.high()
        || (long) LONGS.get(image, at("storeLow")) != store.low()) {
      return Damage.FOREIGN_STORE;
    }
    if ((long) LONGS.get(image, at("number")) != link.number()
        || (long) LONGS.get(image, at("salt")) != link.salt()) {
      return Damage.WRONG_LIFE;
    }
    return (long) LONGS.get(image, at("manifestNumber")) > newestManifest
        ? Damage.MANIFEST_TOO_OLD
        : null;
  }

  private static boolean isSound(byte[] image) {
    for (int i = RESERVED; i < BYTES; i++) {
      if (image[i] != 0) {
        return false;
      }
    }
    int bytes = segmentBytes(image);
    return bytes >= JournalConfig.MIN_SEGMENT_BYTES && bytes <= Position.MAX_SEGMENT_BYTES;
  }

  static long salt(byte[] image) {
    return (long) LONGS.get(image, at("salt"));
  }

  static int incarnation(byte[] image) {
    return (int) INTS.get(image, at("incarnation"));
  }

  static int segmentBytes(byte[] image) {
    return (int) INTS.get(image, at("segmentBytes"));
  }

  static long seqFloor(byte[] image) {
    return (long) LONGS.get(image, at("seqFloor"));
  }

  private static int checksum(byte[] block) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, CRC);
    crc.update(new byte[Integer.BYTES], 0, Integer.BYTES);
    crc.update(block, RESERVED, BYTES - RESERVED);
    return (int) crc.getValue();
  }
}
