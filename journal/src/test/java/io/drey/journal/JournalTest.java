package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.journal.TailVerdict.CleanEnd;
import io.drey.journal.TailVerdict.TornTail;
import io.drey.journal.TestJournal.Seen;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal gives back of what was put in. */
final class JournalTest {

  /** The same promises over every file system. */
  abstract static class OverAFileSystem {

    abstract TestJournal files() throws Exception;

    @Test
    void replaysRecordsOfEveryLengthInOrder() throws Exception {
      TestJournal files = files();
      List<Seen> put = new ArrayList<>();
      try (Journal journal = files.start()) {
        for (int length = 0; length < 300; length++) {
          put.add(files.append(journal, TestJournal.body(length, length), 1 + length % 3));
        }
      }
      JournalScan scan = files.scan();
      assertEquals(put, TestJournal.replay(scan));
      Seen last = put.getLast();
      assertEquals(new CleanEnd(scan.end(), last.seq() + last.seqCount() - 1), scan.verdict());
    }

    @Test
    void goesOnFromSegmentToSegment() throws Exception {
      TestJournal files = files();
      List<Seen> put = new ArrayList<>();
      try (Journal journal = files.start()) {
        for (int i = 0; i < 40; i++) {
          put.add(files.append(journal, TestJournal.body(i * 1500, i)));
        }
        put.add(files.append(journal, TestJournal.body(files.config.maxBodyBytes(), 99)));
      }
      JournalScan scan = files.scan();
      assertEquals(put, TestJournal.replay(scan));
      assertTrue(scan.segments().size() > 15, () -> "segments " + scan.segments());
    }

    @Test
    void keepsWhatWasPublishedThroughAKill() throws Exception {
      TestJournal files = files();
      List<Seen> put = new ArrayList<>();
      try (Journal journal = files.start()) {
        for (int i = 0; i < 1000; i++) {
          put.add(files.append(journal, TestJournal.body(200, i)));
        }
        JournalScan scan = files.killed().scan();
        assertEquals(put, TestJournal.replay(scan));
        TornTail tail = assertInstanceOf(TornTail.class, scan.verdict());
        assertEquals(Damage.UNWRITTEN, tail.reason());
      }
    }

    @Test
    void switchesAtOnceAndPartsTheRecords() throws Exception {
      TestJournal files = files();
      try (Journal journal = files.start()) {
        Seen before = files.append(journal, TestJournal.body(50, 1));
        Switch parted = TestJournal.switchSegment(journal);
        Seen after = files.append(journal, TestJournal.body(50, 2));

        assertEquals(before.seq(), parted.lastSeq());
        assertTrue(before.position() < parted.end());
        assertEquals(parted.end(), after.position());
        assertEquals(parted.next().number(), Position.segment(after.position()));
        assertEquals(
            List.of(after), TestJournal.replay(files.killed().scan(parted.next(), List.of())));
      }
      assertEquals(2, TestJournal.replay(files.scan()).size());
    }
  }

  @Nested
  final class OverMemory extends OverAFileSystem {
    @Override
    TestJournal files() throws Exception {
      return TestJournal.inMemory();
    }
  }

  @Nested
  final class OverADisk extends OverAFileSystem {
    @TempDir Path directory;

    @Override
    TestJournal files() throws Exception {
      return new TestJournal(Vfs.disk(), directory.resolve("store"));
    }

    /** By another thread all the time, so between reservation and publication too, and behind. */
    @Test
    void changesNothingWhereItIsTouched() throws Exception {
      TestJournal files = files();
      List<Seen> put = new ArrayList<>();
      Journal journal = files.start();
      AtomicBoolean done = new AtomicBoolean();
      Thread touching =
          Thread.ofPlatform()
              .start(() -> {
                while (!done.get()) {
                  journal.touch();
                }
              });
      try (journal) {
        for (int i = 0; i < 2_000; i++) {
          put.add(files.append(journal, TestJournal.body(100, i)));
        }
      } finally {
        done.set(true);
        touching.join();
      }
      journal.touch();
      assertEquals(put, TestJournal.replay(files.scan()));
    }
  }

  @Nested
  final class SequenceNumbers {

    @Test
    void startAtTheGivenOneAndCountEveryOperation() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        assertEquals(Journal.firstSeq(3), files.append(journal, new byte[9], 5).seq());
        assertEquals(Journal.firstSeq(3) + 5, journal.takeSeqs(2, Journal.ANY_EPOCH));
        assertEquals(Journal.firstSeq(3) + 7, files.append(journal, new byte[9], 1).seq());
        assertEquals(Journal.firstSeq(3) + 7, journal.lastSeq());
      }
      assertEquals(Journal.firstSeq(3) + 7, files.scan().lastSeq());
    }

    @Test
    void takenWithoutARecordAreKnownAfterAClose() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        journal.takeSeqs(100, Journal.ANY_EPOCH);
      }
      assertEquals(Journal.firstSeq(3) + 99, files.scan().lastSeq());
    }

    @Test
    void goOnInANewIncarnation() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        files.append(journal, new byte[9]);
        journal.beginIncarnation(4);
        assertEquals(Journal.firstSeq(4), files.append(journal, new byte[9]).seq());
        assertThrows(IllegalArgumentException.class, () -> journal.beginIncarnation(4));
      }
      assertEquals(2, TestJournal.replay(files.scan()).size());
    }
  }

  @Nested
  final class AReservation {

    @Test
    void givenUpKeepsItsPlaceAndItsSequenceNumbers() throws Exception {
      TestJournal files = TestJournal.inMemory();
      Reservation r = new Reservation();
      try (Journal journal = files.start()) {
        assertTrue(journal.reserve(r, 1234, 3));
        journal.publishVoid(r);
        assertEquals(Journal.firstSeq(3) + 3, files.append(journal, new byte[9]).seq());
      }
      assertEquals(1, TestJournal.replay(files.scan()).size());
    }

    @Test
    void isPublishedOnceAndAsReserved() throws Exception {
      TestJournal files = TestJournal.inMemory();
      Reservation r = new Reservation();
      try (Journal journal = files.start()) {
        assertTrue(journal.reserve(r, 10, 1));
        assertThrows(IllegalArgumentException.class, () -> journal.publish(r, 17, new byte[10], 9));
        assertThrows(IllegalArgumentException.class, () -> journal.publish(r, 3, new byte[10], 10));
        journal.publish(r, 17, new byte[10], 10);
        assertThrows(IllegalStateException.class, () -> journal.publishVoid(r));
      }
    }

    @Test
    void largerThanASegmentIsRefused() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        int tooLarge = files.config.maxBodyBytes() + 1;
        assertThrows(IllegalArgumentException.class, () -> journal.prepare(tooLarge));
        assertThrows(
            IllegalArgumentException.class, () -> journal.reserve(new Reservation(), tooLarge, 1));
      }
    }
  }

  @Nested
  final class AfterClose {

    @Test
    void everyUseIsATypedError() throws Exception {
      TestJournal files = TestJournal.inMemory();
      Journal journal = files.start();
      Seen put = files.append(journal, new byte[9]);
      journal.close();
      journal.close();

      assertThrows(JournalClosedException.class, () -> journal.prepare(1));
      assertThrows(JournalClosedException.class, journal::prepareSwitch);
      assertThrows(JournalClosedException.class, journal::force);
      assertFalse(journal.reserve(new Reservation(), 1, 1));
      assertNull(journal.switchSegment(0, null));
      assertEquals(0, journal.takeSeqs(1, Journal.ANY_EPOCH));
      journal.awaitForced(put.position());
    }

    @Test
    void noPreparedSegmentIsLeft() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        journal.prepareSwitch();
      }
      assertEquals(List.of("journal-0000000000000001"), files.vfs.list(files.config.directory()));
      assertEquals(2, Journal.nextNumber(files.config));
    }
  }

  @Nested
  final class Recycling {

    @Test
    void keepsAFewOldFilesForReuseAndDeletesTheRest() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        Switch parted = null;
        for (int i = 0; i < 8; i++) {
          files.append(journal, TestJournal.body(100, i));
          parted = TestJournal.switchSegment(journal);
        }
        assertNotNull(parted);
        journal.forceThrough(parted.end());
        journal.recycleBefore(parted.next().number(), 8);

        assertEquals(7, files.vfs.list(files.config.directory()).size());
        journal.prepareSwitch();
        assertEquals(7, files.vfs.list(files.config.directory()).size());
      }
    }

    @Test
    void refusesSegmentsThatAreNotForced() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        files.append(journal, new byte[100]);
        Switch parted = TestJournal.switchSegment(journal);
        assertThrows(
            IllegalArgumentException.class, () -> journal.recycleBefore(parted.next().number(), 8));
      }
    }

    @Test
    void neverLetsRecordsOfAnOlderLifeThrough() throws Exception {
      TestJournal files = TestJournal.inMemory();
      try (Journal journal = files.start()) {
        Switch parted = null;
        for (int round = 0; round < 5; round++) {
          List<Seen> put = new ArrayList<>();
          for (int i = 0; i < 300 - round * 50; i++) {
            put.add(files.append(journal, TestJournal.body(100, i)));
          }
          SegmentLink start = parted == null ? TestJournal.FIRST : parted.next();
          JournalScan scan = files.killed().scan(start, List.of());
          assertEquals(put, TestJournal.replay(scan));
          assertInstanceOf(TornTail.class, scan.verdict());
          parted = TestJournal.switchSegment(journal);
          journal.forceThrough(parted.end());
          journal.recycleBefore(parted.next().number(), 7);
        }
      }
    }
  }
}
