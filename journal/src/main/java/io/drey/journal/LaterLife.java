package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds segments that a manifest knows nothing of although it should: proof that the end of the
 * manifest is lost.
 *
 * <p>A segment's header names a manifest that was forced before, and no record of the engine is
 * written under an incarnation before the manifest that begins it is forced. So neither a header
 * that names a newer manifest nor such a record of a later incarnation can come from a crash.
 */
public final class LaterLife {
  private LaterLife() {}

  /**
   * Returns a segment that only a newer manifest can have brought about, or null. Looks at the
   * headers of all segments in the directory, linked or not; damaged ones prove nothing.
   *
   * @param incarnation the newest one in the manifest
   * @param newestManifest the number of its newest commit
   */
  public static @Nullable Path find(JournalConfig config, int incarnation, long newestManifest)
      throws IOException {
    for (String name : config.vfs().list(config.directory())) {
      OptionalLong number = SegmentName.number(name);
      if (number.isPresent() && proves(config, number.getAsLong(), incarnation, newestManifest)) {
        return config.file(number.getAsLong());
      }
    }
    return null;
  }

  private static boolean proves(
      JournalConfig config, long number, int incarnation, long newestManifest) throws IOException {
    if (number <= 0 || number > Position.MAX_SEGMENT) {
      return false;
    }
    byte[] block = new byte[SegmentHeader.BYTES];
    int length;
    try (StorageFile file =
        config.vfs().open(config.file(number), OpenMode.READ, Caching.BUFFERED)) {
      length = file.read(0, MemorySegment.ofArray(block));
    }
    if (length < block.length) {
      return false;
    }
    SegmentLink link = new SegmentLink(number, SegmentHeader.salt(block));
    Damage damage = SegmentHeader.check(block, length, config.storeId(), link, newestManifest);
    if (damage != null) {
      return damage == Damage.MANIFEST_TOO_OLD;
    }
    return SegmentHeader.incarnation(block) > incarnation && holdsChange(config, link);
  }

  private static boolean holdsChange(JournalConfig config, SegmentLink link) throws IOException {
    SegmentImage image = new SegmentImage(config);
    if (image.load(link, Long.MAX_VALUE) != null) {
      return false;
    }
    int offset = Segment.START;
    while (image.check(offset, image.length()) == null) {
      if (RecordFrame.type(image.bytes(), offset) >= RecordType.FIRST_OF_ENGINE) {
        return true;
      }
      offset +=
          RecordFrame.size(RecordFrame.length(image.bytes(), offset) - RecordFrame.HEADER_BYTES);
    }
    return false;
  }
}
