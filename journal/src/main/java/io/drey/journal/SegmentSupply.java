package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Makes segments: out of a spare one, or written with zeros through the file, never sparse, so that
 * a full disk shows here as an {@link IOException} and not later as a fault in mapped memory.
 *
 * <p>Not safe for use by several threads; the journal's creation lock guards it.
 */
final class SegmentSupply {

  /** Most old segments kept for reuse; further ones are deleted. */
  static final int MAX_SPARES = 6;

  private final JournalConfig config;
  private final Vfs vfs;

  /** Numbers of files that lie before the log start and have the right size. */
  private final TreeSet<Long> spares = new TreeSet<>();

  private long manifestNumber;

  SegmentSupply(JournalConfig config, long manifestNumber) {
    this.config = config;
    this.vfs = config.vfs();
    this.manifestNumber = manifestNumber;
  }

  /**
   * Makes the segment {@code link}. On return its zeros or old records, its header and its name are
   * on stable storage. After a failure other than of a force nothing is lost and it may be tried
   * again.
   *
   * @throws JournalFailedException if a force failed
   */
  Segment make(SegmentLink link, long seqFloor, int incarnation) throws IOException {
    JournalSegment event = new JournalSegment();
    event.begin();
    boolean recycled = !spares.isEmpty();
    IOException failure = null;
    try {
      return tryMake(link, seqFloor, incarnation);
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      event.end();
      if (event.shouldCommit()) {
        event.store = config.storeNumber();
        event.segment = link.number();
        event.bytes = config.segmentBytes();
        event.recycled = recycled;
        event.failure = failure == null ? null : failure.toString();
        event.commit();
      }
    }
  }

  private Segment tryMake(SegmentLink link, long seqFloor, int incarnation) throws IOException {
    Path path = config.file(link.number());
    StorageFile file = takeFile(path);
    Segment segment = null;
    try {
      SegmentHeader header =
          new SegmentHeader(
              config.segmentBytes(), config.storeId(), link, seqFloor, manifestNumber, incarnation);
      if (file.size() < config.segmentBytes()) {
        file.writeZeros(0, config.segmentBytes());
      }
      file.write(0, header.encode());
      // ORDER: header and name are durable before anything links to the segment (J3).
      force(file);
      MappedRegion region = file.map(0, config.segmentBytes());
      segment = new Segment(link, file, region, config.segmentBytes());
    } finally {
      if (segment == null) {
        file.close();
        discard(path);
      }
    }
    segment.touchTo(Tail.touchAheadBytes(config.segmentBytes()));
    return segment;
  }

  private StorageFile takeFile(Path path) throws IOException {
    if (vfs.exists(path)) {
      // WHY: an attempt that failed half-way left it; nothing ever linked to this number.
      vfs.delete(path);
    }
    Long spare = spares.pollFirst();
    if (spare == null) {
      return vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED);
    }
    vfs.rename(config.file(spare), path);
    return vfs.open(path, OpenMode.WRITE, Caching.BUFFERED);
  }

  private void force(StorageFile file) throws JournalFailedException {
    try {
      file.force();
      vfs.forceDirectory(config.directory());
    } catch (IOException e) {
      throw new JournalFailedException(file.path() + ": force of a new segment failed", e);
    }
  }

  private void discard(Path path) {
    try {
      vfs.delete(path);
    } catch (IOException leftForTheNextAttempt) {
      // The file has no link; making this segment again, or recycling, deletes it.
    }
  }

  /** Tells the newest forced manifest; it enters the headers of segments made from now on. */
  void manifestForced(long number) {
    manifestNumber = Math.max(manifestNumber, number);
  }

  /** Turns files before {@code number} into spares, or deletes them. */
  void recycleBefore(long number) throws IOException {
    for (String name : vfs.list(config.directory())) {
      OptionalLong old = SegmentName.number(name);
      if (old.isPresent() && old.getAsLong() < number) {
        recycle(old.getAsLong());
      }
    }
  }

  private void recycle(long old) throws IOException {
    if (spares.contains(old)) {
      return;
    }
    if (spares.size() < MAX_SPARES && sizeOf(config.file(old)) == config.segmentBytes()) {
      spares.add(old);
    } else {
      vfs.delete(config.file(old));
    }
  }

  private long sizeOf(Path path) throws IOException {
    try (StorageFile file = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
      return file.size();
    }
  }
}
