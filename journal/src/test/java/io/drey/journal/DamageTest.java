package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.journal.TailVerdict.Corrupt;
import io.drey.journal.TailVerdict.TornTail;
import io.drey.journal.TestJournal.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a scan makes of journals whose bytes are not as they were written. */
final class DamageTest {

  /** Changes bytes at an offset; returns how many bytes the file keeps. */
  @FunctionalInterface
  private interface Harm {
    int to(byte[] bytes, int offset);
  }

  private static final Harm CUT = (bytes, offset) -> offset;
  private static final Harm ZERO_THE_REST = fill(Integer.MAX_VALUE, (byte) 0);
  private static final Harm ZERO_A_WORD = fill(8, (byte) 0);
  private static final Harm ZERO_A_SECTOR = fill(512, (byte) 0);
  private static final Harm ONES_IN_A_WORD = fill(8, (byte) -1);
  private static final Harm FLIP_A_BIT =
      (bytes, offset) -> {
        bytes[offset] ^= (byte) (1 << offset % 8);
        return bytes.length;
      };
  private static final Harm GARBLE_A_SECTOR =
      (bytes, offset) -> {
        byte[] noise = new byte[Math.min(512, bytes.length - offset)];
        new Random(offset).nextBytes(noise);
        System.arraycopy(noise, 0, bytes, offset, noise.length);
        return bytes.length;
      };

  private static Harm fill(int count, byte with) {
    return (bytes, offset) -> {
      Arrays.fill(bytes, offset, offset + Math.min(count, bytes.length - offset), with);
      return bytes.length;
    };
  }

  private TestJournal files;
  private final List<Seen> forced = new ArrayList<>();
  private final List<Seen> unforced = new ArrayList<>();

  /** The bytes of the one segment, as a kill leaves them. */
  private byte[] written;

  private int forcedEnd;
  private int end;

  @BeforeEach
  void aLogWithAForcedAndAnUnforcedPart() throws Exception {
    files = TestJournal.inMemory();
    Journal journal = files.start();
    for (int i = 0; i < 5; i++) {
      forced.add(files.append(journal, TestJournal.body(20 + 13 * i, i)));
    }
    journal.awaitForced(forced.getLast().position());
    forcedEnd = Position.offset(journal.forcedMark());
    for (int i = 0; i < 5; i++) {
      unforced.add(files.append(journal, TestJournal.body(17 * i, i)));
    }
    end = Position.offset(unforced.getLast().position()) + RecordFrame.size(17 * 4);
    files = files.killed();
    written = files.read(1);
  }

  private JournalScan scan(Harm harm, int offset, long knownMark) throws IOException {
    byte[] bytes = written.clone();
    files.replace(1, bytes, harm.to(bytes, offset));
    return JournalScan.of(
        files.config, TestJournal.FIRST, List.of(), knownMark, TestJournal.MANIFEST);
  }

  /** The first byte that the harm has changed; the file's length if none. */
  private int firstChange(Harm harm, int offset) {
    byte[] bytes = written.clone();
    int kept = harm.to(bytes, offset);
    int change = Arrays.mismatch(written, 0, written.length, bytes, 0, kept);
    return change < 0 ? written.length : change;
  }

  private static int endOf(Seen seen) {
    return Position.offset(seen.position()) + RecordFrame.size(lengthOf(seen));
  }

  private static int lengthOf(Seen seen) {
    return Integer.parseInt(seen.body().substring(0, seen.body().indexOf(':')));
  }

  @Nested
  final class AtOrAboveTheForcedMark {

    private void isATornTailAt(Harm harm, int from, int to, int step) throws IOException {
      for (int offset = from; offset < to; offset += step) {
        int change = firstChange(harm, offset);
        List<Seen> intact = new ArrayList<>(forced);
        unforced.stream().filter(seen -> endOf(seen) <= change).forEach(intact::add);
        JournalScan scan = scan(harm, offset, Position.of(1, forcedEnd));
        TornTail tail = assertInstanceOf(TornTail.class, scan.verdict(), "harm at " + offset);
        assertEquals(intact, TestJournal.replay(scan), "harm at " + offset);
        assertEquals(Position.of(1, endOf(intact.getLast())), tail.position());
        assertEquals(intact.getLast().seq(), tail.lastSeq());
      }
    }

    @Test
    void aShortFileEndsTheLog() throws IOException {
      isATornTailAt(CUT, forcedEnd, end + 64, 1);
    }

    @Test
    void zerosToTheEndEndTheLog() throws IOException {
      isATornTailAt(ZERO_THE_REST, forcedEnd, end + 64, 1);
    }

    @Test
    void aWordOfZerosEndsTheLog() throws IOException {
      isATornTailAt(ZERO_A_WORD, forcedEnd, end + 64, 1);
    }

    @Test
    void aSectorOfZerosEndsTheLogWhateverFollows() throws IOException {
      isATornTailAt(ZERO_A_SECTOR, forcedEnd, end + 64, 8);
    }

    @Test
    void aWordOfOnesEndsTheLog() throws IOException {
      isATornTailAt(ONES_IN_A_WORD, forcedEnd, end + 64, 1);
    }

    @Test
    void aFlippedBitEndsTheLog() throws IOException {
      isATornTailAt(FLIP_A_BIT, forcedEnd, end + 64, 1);
    }

    @Test
    void garbageEndsTheLog() throws IOException {
      isATornTailAt(GARBLE_A_SECTOR, forcedEnd, end + 64, 8);
    }
  }

  @Nested
  final class BelowTheForcedMark {

    private void isCorruption(Harm harm, int step, long knownMark) throws IOException {
      for (int offset = Segment.START; offset < forcedEnd; offset += step) {
        int change = firstChange(harm, offset);
        if (change >= forcedEnd) {
          continue;
        }
        long hit =
            forced.stream()
                .filter(seen -> endOf(seen) > change)
                .findFirst()
                .orElseThrow()
                .position();
        Corrupt corrupt =
            assertInstanceOf(
                Corrupt.class, scan(harm, offset, knownMark).verdict(), "harm at " + offset);
        assertEquals(files.file(1), corrupt.file());
        assertEquals(Position.offset(hit), corrupt.offset());
      }
    }

    @Test
    void aFlippedBitIsCorruptionByTheMarksOfLaterRecords() throws IOException {
      isCorruption(FLIP_A_BIT, 1, 0);
    }

    @Test
    void aWordOfZerosIsCorruptionByTheMarksOfLaterRecords() throws IOException {
      isCorruption(ZERO_A_WORD, 1, 0);
    }

    @Test
    void aShortFileIsCorruptionByTheManifestsMark() throws IOException {
      isCorruption(CUT, 1, Position.of(1, forcedEnd));
    }

    @Test
    void zerosToTheEndAreCorruptionByTheManifestsMark() throws IOException {
      isCorruption(ZERO_THE_REST, 1, Position.of(1, forcedEnd));
    }

    @Test
    void aCorruptLogIsNotReplayed() throws IOException {
      JournalScan scan = scan(FLIP_A_BIT, Segment.START, 0);
      assertThrows(IllegalStateException.class, () -> TestJournal.replay(scan));
    }
  }

  @Nested
  final class InTheHeader {

    @Test
    void everyFlippedBitIsCorruption() throws IOException {
      for (int offset = 0; offset < SegmentHeader.BYTES; offset++) {
        Corrupt corrupt =
            assertInstanceOf(Corrupt.class, scan(FLIP_A_BIT, offset, 0).verdict(), "at " + offset);
        assertEquals(0, corrupt.offset());
      }
    }

    @Test
    void aCutIsCorruption() throws IOException {
      assertEquals(new Corrupt(files.file(1), 0, Damage.SHORT_FILE), scan(CUT, 4095, 0).verdict());
    }
  }

  @Nested
  final class ARecordAtAForeignPlace {

    @Test
    void isNoRecord() throws IOException {
      Seen first = forced.getFirst();
      int length = endOf(first) - Segment.START;
      Harm copyToTheEnd =
          (bytes, offset) -> {
            System.arraycopy(bytes, Segment.START, bytes, offset, length);
            return bytes.length;
          };
      TornTail tail = assertInstanceOf(TornTail.class, scan(copyToTheEnd, end, 0).verdict());
      assertEquals(
          new TornTail(Position.of(1, end), unforced.getLast().seq(), Damage.BAD_CHECKSUM), tail);
    }
  }
}
