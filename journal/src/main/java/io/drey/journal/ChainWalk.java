package io.drey.journal;

import io.drey.journal.TailVerdict.CleanEnd;
import io.drey.journal.TailVerdict.Corrupt;
import io.drey.journal.TailVerdict.TornTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chain of segments from its first link to its end and comes to a {@link TailVerdict}.
 *
 * <p>Until an invalid record every record is checked and counted in. From an invalid record on only
 * forced marks are collected: at every 8-byte step of this segment and of all behind it. A valid
 * record's own bytes are stepped over, for nothing else can be valid inside of it. Which of the two
 * an invalid record is, a torn tail or corruption, is known at the end, when all marks are.
 */
final class ChainWalk {

  /** The intact part of one segment. */
  record Span(SegmentLink link, int end) {}

  private final SegmentImage image;
  private final Map<Long, LogEnd> cuts = new HashMap<>();
  private final long newestManifest;
  private final List<Span> spans = new ArrayList<>();
  private final List<Long> visited = new ArrayList<>();

  private long forcedMark;
  private long nextSeq;
  private long end;
  private @Nullable TailVerdict verdict;

  /** What ended the intact prefix, until the marks behind it are known. */
  private @Nullable Damage tear;

  ChainWalk(JournalConfig config, List<LogEnd> cuts, long knownMark, long newestManifest) {
    this.image = new SegmentImage(config);
    this.newestManifest = newestManifest;
    this.forcedMark = knownMark;
    for (LogEnd cut : cuts) {
      this.cuts.put(Position.segment(cut.position()), cut);
      // WHY: recovery forces what it read before it commits a cut.
      forcedMark = Math.max(forcedMark, cut.position());
    }
  }

  TailVerdict walk(SegmentLink start) throws IOException {
    SegmentLink link = start;
    end = Position.of(start.number(), Segment.START);
    while (link != null) {
      Damage damage = image.load(link, newestManifest);
      if (damage != null) {
        return corrupt(0, damage);
      }
      visited.add(link.number());
      link = tear == null ? readRecords() : collectMarks(Segment.START);
      TailVerdict reached = verdict;
      if (reached != null) {
        return reached;
      }
    }
    return judge();
  }

  private int limit() {
    LogEnd cut = cuts.get(image.link().number());
    return cut == null ? image.length() : Math.min(image.length(), Position.offset(cut.position()));
  }

  /** Reads the intact records of the segment; returns where to go on, null at the journal's end. */
  private @Nullable SegmentLink readRecords() throws IOException {
    LogEnd cut = cuts.get(image.link().number());
    int limit = limit();
    int offset = Segment.START;
    reached(offset);
    while (cut == null || offset != Position.offset(cut.position())) {
      Damage damage = image.check(offset, limit);
      if (damage != null) {
        tear = damage;
        finish(offset);
        return collectMarks(offset + RecordFrame.ALIGNMENT);
      }
      if (!countIn(offset)) {
        return null;
      }
      int record = offset;
      offset += RecordFrame.size(length(offset));
      reached(offset);
      int type = RecordFrame.type(image.bytes(), record);
      if (type == RecordType.SEGMENT_END) {
        finish(offset);
        return cut == null ? follow(record) : missed(record);
      }
      if (type == RecordType.CLEAN_CLOSE && cut == null) {
        finish(offset);
        return null;
      }
    }
    finish(offset);
    return ascending(cut.next(), offset);
  }

  private int length(int offset) {
    return RecordFrame.length(image.bytes(), offset) - RecordFrame.HEADER_BYTES;
  }

  private void reached(int offset) {
    end = Position.of(image.link().number(), offset);
  }

  private void finish(int offset) {
    spans.add(new Span(image.link(), offset));
  }

  /** Takes in mark and sequence numbers of a valid record; false if they do not ascend (J5). */
  private boolean countIn(int offset) {
    byte[] bytes = image.bytes();
    forcedMark = Math.max(forcedMark, RecordFrame.mark(bytes, offset));
    long seq = RecordFrame.seq(bytes, offset);
    int count = RecordFrame.seqCount(bytes, offset);
    if (seq < nextSeq || seq < image.seqFloor() || count < 0) {
      verdict = corrupt(offset, Damage.SEQ_NOT_ASCENDING);
      return false;
    }
    nextSeq = seq + count;
    return true;
  }

  private @Nullable SegmentLink follow(int record) {
    SegmentLink next = RecordFrame.link(image.bytes(), record);
    if (next == null) {
      verdict = corrupt(record, Damage.BAD_LINK);
      return null;
    }
    return ascending(next, record);
  }

  private @Nullable SegmentLink ascending(SegmentLink next, int offset) {
    if (next.number() <= image.link().number()) {
      verdict = corrupt(offset, Damage.BAD_LINK);
      return null;
    }
    return next;
  }

  private @Nullable SegmentLink missed(int offset) {
    verdict = corrupt(offset, Damage.CUT_MISSED);
    return null;
  }

  private @Nullable SegmentLink collectMarks(int from) throws IOException {
    byte[] bytes = image.bytes();
    int limit = limit();
    SegmentLink next = null;
    int offset = from;
    while (offset <= limit - RecordFrame.HEADER_BYTES) {
      if (image.check(offset, limit) != null) {
        offset += RecordFrame.ALIGNMENT;
        continue;
      }
      forcedMark = Math.max(forcedMark, RecordFrame.mark(bytes, offset));
      if (RecordFrame.type(bytes, offset) == RecordType.SEGMENT_END) {
        next = follow(offset);
      }
      offset += RecordFrame.size(length(offset));
    }
    return next == null && verdict == null ? unlinked() : next;
  }

  /**
   * The segment that would come behind one whose end record is not readable, if there is one of the
   * same life. WHY: marks are true wherever they are found, and a damaged end record must not hide
   * the marks behind it.
   */
  private @Nullable SegmentLink unlinked() throws IOException {
    SegmentLink next = image.link().following();
    return image.load(next, newestManifest) == null ? next : null;
  }

  private TailVerdict judge() {
    Damage met = tear;
    if (end < forcedMark) {
      return new Corrupt(
          tornPath(), Position.offset(end), met == null ? Damage.ENDS_BELOW_MARK : met);
    }
    return met == null ? new CleanEnd(end, lastSeq()) : new TornTail(end, lastSeq(), met);
  }

  private Path tornPath() {
    return image.path(Position.segment(end));
  }

  private Corrupt corrupt(int offset, Damage damage) {
    return new Corrupt(image.path(image.link().number()), offset, damage);
  }

  List<Span> spans() {
    return spans;
  }

  /** Numbers of the segments that were looked at, oldest first. */
  List<Long> visited() {
    return visited;
  }

  long end() {
    return end;
  }

  long forcedMark() {
    return forcedMark;
  }

  long lastSeq() {
    return nextSeq - 1;
  }
}
