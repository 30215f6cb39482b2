package io.drey.journal;

import io.drey.journal.TailVerdict.Corrupt;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.util.List;

/**
 * What a journal holds, read without changing a byte. The whole chain is checked before the first
 * record is handed out. For use by one thread.
 */
public final class JournalScan {

  private final JournalConfig config;
  private final ChainWalk walk;
  private final TailVerdict verdict;
  private final long newestManifest;

  private JournalScan(
      JournalConfig config, ChainWalk walk, TailVerdict verdict, long newestManifest) {
    this.config = config;
    this.walk = walk;
    this.verdict = verdict;
    this.newestManifest = newestManifest;
  }

  /**
   * Reads the chain that begins at {@code start}. The segments' sizes are taken from their headers,
   * not from {@code config}.
   *
   * @param cuts the ends of the segments that earlier recoveries have cut
   * @param knownForcedMark the forced mark the manifest knows, 0 for none
   * @param newestManifestNumber the number of the manifest all this was read from
   * @throws IOException if the files could not be read; damage is no exception but a verdict
   */
  public static JournalScan of(
      JournalConfig config,
      SegmentLink start,
      List<LogEnd> cuts,
      long knownForcedMark,
      long newestManifestNumber)
      throws IOException {
    ChainWalk walk = new ChainWalk(config, cuts, knownForcedMark, newestManifestNumber);
    return new JournalScan(config, walk, walk.walk(start), newestManifestNumber);
  }

  /** How the journal ends. */
  public TailVerdict verdict() {
    return verdict;
  }

  /** The end of the last intact record; the position of the cut. */
  public long end() {
    return walk.end();
  }

  /** The highest sequence number the intact records show as handed out; -1 if there are none. */
  public long lastSeq() {
    return walk.lastSeq();
  }

  /** F: the largest forced mark known. */
  public long forcedMark() {
    return walk.forcedMark();
  }

  /** Numbers of the segments with intact records or an intact header, oldest first. */
  public List<Long> segments() {
    return walk.spans().stream().map(span -> span.link().number()).toList();
  }

  /**
   * Hands out the engine's intact records in order. May be called again.
   *
   * @throws IllegalStateException if the verdict is {@link Corrupt}
   * @throws IOException what the visitor throws; also if the files cannot be read or have changed
   */
  public void replay(RecordVisitor visitor) throws IOException {
    if (verdict instanceof Corrupt) {
      throw new IllegalStateException("a corrupt journal is not replayed: " + verdict);
    }
    SegmentImage image = new SegmentImage(config);
    for (ChainWalk.Span span : walk.spans()) {
      Damage damage = image.load(span.link(), newestManifest);
      if (damage != null) {
        throw changed(span.link().number(), 0, damage);
      }
      replay(image, span, visitor);
    }
  }

  private void replay(SegmentImage image, ChainWalk.Span span, RecordVisitor visitor)
      throws IOException {
    byte[] bytes = image.bytes();
    int offset = Segment.START;
    while (offset < span.end()) {
      Damage damage = image.check(offset, span.end());
      if (damage != null) {
        throw changed(span.link().number(), offset, damage);
      }
      int type = RecordFrame.type(bytes, offset);
      int body = RecordFrame.length(bytes, offset) - RecordFrame.HEADER_BYTES;
      if (type >= RecordType.FIRST_OF_ENGINE) {
        visitor.visit(
            Position.of(span.link().number(), offset),
            RecordFrame.seq(bytes, offset),
            RecordFrame.seqCount(bytes, offset),
            type,
            bytes,
            offset + RecordFrame.HEADER_BYTES,
            body);
      }
      offset += RecordFrame.size(body);
    }
  }

  private IOException changed(long number, int offset, Damage damage) {
    return new IOException(
        config.file(number)
            + " has changed since it was checked: "
            + damage.text()
            + " at "
            + offset);
  }

  /**
   * Forces every segment read, so that a cut committed afterwards stands on stable storage and not
   * on what the page cache held.
   *
   * @throws JournalFailedException if a force failed
   */
  public void forceSegments() throws IOException {
    for (long number : walk.visited()) {
      try (StorageFile file =
          config.vfs().open(config.file(number), OpenMode.WRITE, Caching.BUFFERED)) {
        file.force();
      } catch (IOException e) {
        throw new JournalFailedException(config.file(number) + ": force failed", e);
      }
    }
  }
}
