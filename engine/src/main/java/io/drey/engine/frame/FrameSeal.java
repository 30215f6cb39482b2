package io.drey.engine.frame;

import io.drey.Check;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes an image ready to be written, and verifies one that was read.
 *
 * <p>INVARIANT F1: a sealed image says which blob it is of, where and in which epoch it was
 * written, and the CRC32C of each of its pages; the checksum of page 0 covers the others. Whoever
 * keeps slot, epoch and header checksum of an image can tell it from every other image, older ones
 * of the same blob in the same slot included.
 */
public final class FrameSeal {
  private FrameSeal() {}

  /** What is wrong with an image, and the byte of it where that was seen. */
  public record Finding(Check check, int offset, String detail) {}

  /**
   * Seals the image: bytes that no node uses become zero, header fields and checksums true. Nobody
   * changes the image meanwhile. Costs one pass over the frame, some 20 microseconds.
   *
   * @return the header checksum
   */
  public static int seal(ExclusiveFrame image, long slot, long epoch) {
    MemorySegment segment = image.segment;
    long base = image.base;
    int bump = FrameHeader.bump(segment, base);
    segment.asSlice(base + bump, FrameSize.BYTES - bump).fill((byte) 0);
    FrameHeader.setSlot(segment, base, slot);
    FrameHeader.setEpoch(segment, base, epoch);
    FrameHeader.setPageCrc(segment, base, 0, 0);
    CRC32C crc = new CRC32C();
    for (int page = 1; page < FrameSize.PAGES; page++) {
      FrameHeader.setPageCrc(segment, base, page, pageCrc(crc, segment, base, page));
    }
    FrameHeader.setHeaderCrc(segment, base, 0);
    int checksum = pageCrc(crc, segment, base, 0);
    FrameHeader.setHeaderCrc(segment, base, checksum);
    return checksum;
  }

  /**
   * Verifies an image that nobody else sees yet against what is known of it; the image is the same
   * afterwards. Null = it is the one, to the last bit.
   */
  public static @Nullable Finding verify(
      Frame image, long blob, long slot, long epoch, int headerChecksum) {
    MemorySegment segment = image.segment;
    long base = image.base;
    Finding finding = verifyHeader(segment, base, blob, slot, epoch, headerChecksum);
    for (int page = 1; page < FrameSize.PAGES && finding == null; page++) {
      long at = base + (long) page * FrameSize.PAGE_BYTES;
      finding = verifyPage(segment, base, page, segment, at);
    }
    return finding;
  }

  /**
   * Verifies the first page of an image, at {@code base}, that nobody else sees yet; as {@link
   * #verify} else.
   */
  public static @Nullable Finding verifyHeader(
      MemorySegment segment, long base, long blob, long slot, long epoch, int headerChecksum) {
    int stored = FrameHeader.headerCrc(segment, base);
    FrameHeader.setHeaderCrc(segment, base, 0);
    int computed = pageCrc(new CRC32C(), segment, base, 0);
    FrameHeader.setHeaderCrc(segment, base, stored);
    if (stored != computed) {
      return new Finding(Check.FRAME_CHECKSUM, 0, "the first page does not match its checksum");
    }
    Finding stranger = identity(segment, base, blob, slot, epoch);
    if (stranger != null) {
      return stranger;
    }
    if (stored != headerChecksum) {
      return new Finding(Check.FRAME_IDENTITY, FrameHeader.HEADER_CRC, "it is another image");
    }
    return FrameHeader.check(segment, base)
        ? null
        : new Finding(Check.FRAME_HEADER, 0, "the header's fields contradict each other");
  }

  /**
   * Verifies a page, not the first, that stands at {@code at}, against the header of its image at
   * {@code base}, which was verified itself. Null = it is the one.
   */
  public static @Nullable Finding verifyPage(
      MemorySegment header, long base, int page, MemorySegment bytes, long at) {
    return FrameHeader.pageCrc(header, base, page) == pageCrc(new CRC32C(), bytes, at, 0)
        ? null
        : new Finding(
            Check.FRAME_CHECKSUM,
            page * FrameSize.PAGE_BYTES,
            "page " + page + " does not match its checksum");
  }

  private static @Nullable Finding identity(
      MemorySegment segment, long base, long blob, long slot, long epoch) {
    if (FrameHeader.blob(segment, base) != blob) {
      return new Finding(
          Check.FRAME_IDENTITY,
          FrameHeader.BLOB,
          "it is an image of blob " + FrameHeader.blob(segment, base));
    }
    if (FrameHeader.slot(segment, base) != slot) {
      return new Finding(
          Check.FRAME_IDENTITY,
          FrameHeader.SLOT,
          "it was written for slot " + FrameHeader.slot(segment, base));
    }
    if (FrameHeader.epoch(segment, base) != epoch) {
      return new Finding(
          Check.FRAME_IDENTITY,
          FrameHeader.EPOCH,
          "it is of epoch " + FrameHeader.epoch(segment, base) + ", not " + epoch);
    }
    return null;
  }

  private static int pageCrc(CRC32C crc, MemorySegment segment, long base, int page) {
    crc.reset();
    crc.update(
        segment
            .asSlice(base + (long) page * FrameSize.PAGE_BYTES, FrameSize.PAGE_BYTES)
            .asByteBuffer());
    return (int) crc.getValue();
  }
}
