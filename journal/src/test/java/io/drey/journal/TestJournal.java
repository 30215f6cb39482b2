package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A directory with a journal of the smallest segments, and short words for what tests do to it. */
final class TestJournal {

  /** One record as a replay hands it out. */
  record Seen(long position, long seq, int seqCount, int type, String body) {}

  static final int TYPE = 17;
  static final int INCARNATION = 3;
  static final long MANIFEST = 7;
  static final SegmentLink FIRST = new SegmentLink(1, 0x5EED_0F_5A17L);

  final Vfs vfs;
  final JournalConfig config;
  private final Reservation reservation = new Reservation();

  TestJournal(Vfs vfs, Path directory) throws IOException {
    this.vfs = vfs;
    this.config = new JournalConfig(vfs, directory, new StoreId(1, 2), 64 << 10);
    if (!vfs.exists(directory)) {
      vfs.createDirectory(directory);
    }
  }

  static TestJournal inMemory() throws IOException {
    return new TestJournal(Vfs.memory(), Path.of("/store"));
  }

  Journal start() throws IOException {
    return start(FIRST);
  }

  Journal start(SegmentLink first) throws IOException {
    return Journal.start(config, INCARNATION, first, Journal.firstSeq(INCARNATION), MANIFEST);
  }

  /** Appends one record and returns it as a replay would. */
  Seen append(Journal journal, byte[] body) throws IOException {
    return append(journal, body, 1);
  }

  Seen append(Journal journal, byte[] body, int seqCount) throws IOException {
    do {
      journal.prepare(body.length);
    } while (!journal.reserve(reservation, body.length, seqCount));
    Seen seen = seen(reservation, body);
    journal.publish(reservation, TYPE, body, body.length);
    return seen;
  }

  static Seen seen(Reservation r, byte[] body) {
    return new Seen(r.position(), r.seq(), r.seqCount(), TYPE, text(body, 0, body.length));
  }

  /** The next segment, by hand. */
  static Switch switchSegment(Journal journal) throws IOException {
    journal.prepareSwitch();
    Switch parted = journal.switchSegment(0, null);
    journal.publishSwitch();
    if (parted == null) {
      throw new AssertionError("the prepared segment is gone");
    }
    return parted;
  }

  JournalScan scan() throws IOException {
    return scan(FIRST, List.of());
  }

  JournalScan scan(SegmentLink start, List<LogEnd> cuts) throws IOException {
    return JournalScan.of(config, start, cuts, 0, MANIFEST);
  }

  static List<Seen> replay(JournalScan scan) throws IOException {
    List<Seen> seen = new ArrayList<>();
    scan.replay((position, seq, count, type, buffer, offset, length) ->
        seen.add(new Seen(position, seq, count, type, text(buffer, offset, length))));
    return seen;
  }

  private static String text(byte[] buffer, int offset, int length) {
    return length + ":" + Arrays.hashCode(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  static byte[] body(int length, long seed) {
    byte[] body = new byte[length];
    new java.util.Random(seed).nextBytes(body);
    return body;
  }

  Path file(long number) {
    return config.file(number);
  }

  byte[] read(long number) throws IOException {
    return read(vfs, file(number));
  }

  static byte[] read(Vfs vfs, Path path) throws IOException {
    try (StorageFile file = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
      byte[] bytes = new byte[(int) file.size()];
      file.read(0, MemorySegment.ofArray(bytes));
      return bytes;
    }
  }

  /** Replaces the file of a segment by {@code length} of {@code bytes}. */
  void replace(long number, byte[] bytes, int length) throws IOException {
    if (vfs.exists(file(number))) {
      vfs.delete(file(number));
    }
    try (StorageFile file = vfs.open(file(number), OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      file.write(0, MemorySegment.ofArray(bytes).asSlice(0, length));
    }
  }

  /** This journal's files as they are now, in a file system of their own: what a kill leaves. */
  TestJournal killed() throws IOException {
    TestJournal copy = inMemory();
    for (String name : vfs.list(config.directory())) {
      byte[] bytes = read(vfs, config.directory().resolve(name));
      copy.replace(SegmentName.number(name).orElseThrow(), bytes, bytes.length);
    }
    return copy;
  }
}
