package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.drey.journal.TailVerdict.CleanEnd;
import io.drey.journal.TailVerdict.Corrupt;
import io.drey.journal.TailVerdict.TornTail;
import io.drey.journal.TestJournal.Seen;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Segments that follow each other, by end records and by the manifest's cuts. */
final class ChainTest {

  private TestJournal files;
  private Journal journal;
  private final List<Seen> put = new ArrayList<>();

  @BeforeEach
  void threeSegmentsWithTwoRecordsEach() throws Exception {
    files = TestJournal.inMemory();
    journal = files.start();
    for (int segment = 1; segment <= 3; segment++) {
      put.add(files.append(journal, TestJournal.body(100, segment)));
      put.add(files.append(journal, TestJournal.body(100, segment)));
      if (segment < 3) {
        TestJournal.switchSegment(journal);
      }
    }
  }

  private void flip(TestJournal at, Seen seen) throws IOException {
    flip(at, Position.segment(seen.position()), Position.offset(seen.position()) + 20);
  }

  private void flip(TestJournal at, long number, int offset) throws IOException {
    byte[] bytes = at.read(number);
    bytes[offset] ^= 4;
    at.replace(number, bytes, bytes.length);
  }

  /** Where the end record of a segment with two records lies. */
  private int endRecord() {
    return Segment.START + 2 * RecordFrame.size(100);
  }

  @Nested
  final class DamageInAnEarlierSegment {

    @Test
    void isCorruptionIfALaterSegmentHoldsAMarkAboveIt() throws IOException {
      journal.force();
      files.append(journal, new byte[1]);
      TestJournal killed = files.killed();
      flip(killed, put.get(1));
      assertEquals(
          new Corrupt(killed.file(1), Position.offset(put.get(1).position()), Damage.BAD_CHECKSUM),
          killed.scan().verdict());
    }

    @Test
    void isATornTailIfNothingWasForced() throws IOException {
      TestJournal killed = files.killed();
      flip(killed, put.get(1));
      JournalScan scan = killed.scan();
      assertEquals(
          new TornTail(put.get(1).position(), put.getFirst().seq(), Damage.BAD_CHECKSUM),
          scan.verdict());
      assertEquals(put.subList(0, 1), TestJournal.replay(scan));
    }

    @Test
    void inTheEndRecordHidesNoMarkBehindIt() throws IOException {
      journal.force();
      files.append(journal, new byte[1]);
      TestJournal killed = files.killed();
      flip(killed, 1, endRecord() + 9);
      assertEquals(
          new Corrupt(killed.file(1), endRecord(), Damage.BAD_CHECKSUM), killed.scan().verdict());
    }

    @Test
    void inTheEndRecordIsATornTailIfNothingWasForced() throws IOException {
      TestJournal killed = files.killed();
      flip(killed, 1, endRecord() + 9);
      JournalScan scan = killed.scan();
      assertInstanceOf(TornTail.class, scan.verdict());
      assertEquals(put.subList(0, 2), TestJournal.replay(scan));
    }
  }

  @Nested
  final class ASegmentThatALinkNames {

    @Test
    void butThatIsMissingIsCorruption() throws IOException {
      for (long number = 1; number <= 3; number++) {
        TestJournal killed = files.killed();
        killed.vfs.delete(killed.file(number));
        assertEquals(
            new Corrupt(killed.file(number), 0, Damage.MISSING_SEGMENT), killed.scan().verdict());
      }
    }

    @Test
    void butThatHasABadHeaderIsCorruption() throws IOException {
      TestJournal killed = files.killed();
      flip(killed, 2, 100);
      assertEquals(new Corrupt(killed.file(2), 0, Damage.BAD_HEADER), killed.scan().verdict());
    }

    @Test
    void butThatHasAnotherSaltIsCorruption() throws IOException {
      TestJournal killed = files.killed();
      SegmentLink other = new SegmentLink(1, 12345);
      assertEquals(
          new Corrupt(killed.file(1), 0, Damage.WRONG_LIFE),
          killed.scan(other, List.of()).verdict());
    }

    @Test
    void butThatIsOfAnotherStoreIsCorruption() throws IOException {
      TestJournal killed = files.killed();
      JournalConfig other =
          new JournalConfig(killed.vfs, killed.config.directory(), new StoreId(1, 3), 64 << 10);
      assertEquals(
          new Corrupt(killed.file(1), 0, Damage.FOREIGN_STORE),
          JournalScan.of(other, TestJournal.FIRST, List.of(), 0, 7).verdict());
    }

    @Test
    void butThatWasMadeUnderANewerManifestIsCorruption() throws IOException {
      TestJournal killed = files.killed();
      assertEquals(
          new Corrupt(killed.file(1), 0, Damage.MANIFEST_TOO_OLD),
          JournalScan.of(killed.config, TestJournal.FIRST, List.of(), 0, 6).verdict());
    }

    @Test
    void namesTheManifestOfTheLastRecycling() throws IOException {
      journal.force();
      journal.recycleBefore(3, 9);
      Switch parted = TestJournal.switchSegment(journal);
      assertEquals(
          Damage.MANIFEST_TOO_OLD,
          assertInstanceOf(Corrupt.class, files.killed().scan(parted.next(), List.of()).verdict())
              .reason());
    }
  }

  @Nested
  final class AfterARecovery {

    private TestJournal recovered;
    private LogEnd cut;
    private final List<Seen> all = new ArrayList<>();

    /** Recovery finds the last record torn, cuts before it and goes on in a new segment. */
    @BeforeEach
    void cutsAndGoesOn() throws IOException {
      journal.force();
      files.append(journal, TestJournal.body(50, 7));
      Seen torn = files.append(journal, TestJournal.body(60, 8));
      files.append(journal, TestJournal.body(70, 9));
      recovered = files.killed();
      flip(recovered, torn);
      JournalScan scan = recovered.scan();
      assertEquals(torn.position(), assertInstanceOf(TornTail.class, scan.verdict()).position());
      all.addAll(TestJournal.replay(scan));
      scan.forceSegments();
      SegmentLink next = SegmentLink.fresh(Journal.nextNumber(recovered.config));
      cut = new LogEnd(scan.end(), next);
      try (Journal later =
          Journal.start(recovered.config, 4, next, Journal.firstSeq(4), TestJournal.MANIFEST)) {
        all.add(recovered.append(later, TestJournal.body(80, 1)));
      }
    }

    private JournalScan scanned() throws IOException {
      return recovered.scan(TestJournal.FIRST, List.of(cut));
    }

    @Test
    void theLogGoesOnBehindTheCut() throws IOException {
      assertInstanceOf(CleanEnd.class, scanned().verdict());
      assertEquals(all, TestJournal.replay(scanned()));
    }

    @Test
    void nothingBehindTheCutIsRead() throws IOException {
      int from = Position.offset(cut.position());
      byte[] bytes = recovered.read(3);
      for (int offset = from; offset < from + 400; offset += 8) {
        byte[] harmed = bytes.clone();
        harmed[offset] ^= 1;
        recovered.replace(3, harmed, harmed.length);
        assertEquals(all, TestJournal.replay(scanned()));
      }
      recovered.replace(3, bytes, from);
      assertEquals(all, TestJournal.replay(scanned()));
    }

    @Test
    void damageBeforeTheCutIsCorruptionWithoutAnyMark() throws IOException {
      Seen last = all.get(all.size() - 2);
      flip(recovered, last);
      assertEquals(
          new Corrupt(recovered.file(3), Position.offset(last.position()), Damage.BAD_CHECKSUM),
          scanned().verdict());
    }

    @Test
    void aCutThatIsNoEndOfARecordIsCorruption() throws IOException {
      cut = new LogEnd(cut.position() - 8, cut.next());
      assertInstanceOf(Corrupt.class, scanned().verdict());
    }

    @Test
    void aCutBehindAnEndRecordIsCorruption() throws IOException {
      LogEnd wrong = new LogEnd(Position.of(1, endRecord() + 200), cut.next());
      assertEquals(
          new Corrupt(recovered.file(1), endRecord(), Damage.CUT_MISSED),
          recovered.scan(TestJournal.FIRST, List.of(wrong)).verdict());
    }

    @Test
    void theSegmentBehindTheCutMustExist() throws IOException {
      recovered.vfs.delete(recovered.file(cut.next().number()));
      assertEquals(
          new Corrupt(recovered.file(cut.next().number()), 0, Damage.MISSING_SEGMENT),
          scanned().verdict());
    }

    @Test
    void aCleanCloseCanBeCutAndGoneOnFrom() throws IOException {
      JournalScan closed = scanned();
      SegmentLink next = SegmentLink.fresh(Journal.nextNumber(recovered.config));
      LogEnd second = new LogEnd(closed.end(), next);
      try (Journal later =
          Journal.start(recovered.config, 5, next, Journal.firstSeq(5), TestJournal.MANIFEST)) {
        all.add(recovered.append(later, TestJournal.body(90, 1)));
      }
      JournalScan scan = recovered.scan(TestJournal.FIRST, List.of(cut, second));
      assertEquals(all, TestJournal.replay(scan));
      assertInstanceOf(CleanEnd.class, scan.verdict());
    }

    @Test
    void sequenceNumbersThatDoNotAscendAreCorruption() throws IOException {
      SegmentLink next = SegmentLink.fresh(Journal.nextNumber(recovered.config));
      LogEnd second = new LogEnd(scanned().end(), next);
      try (Journal later =
          Journal.start(recovered.config, 4, next, Journal.firstSeq(4), TestJournal.MANIFEST)) {
        recovered.append(later, TestJournal.body(90, 1));
      }
      assertEquals(
          new Corrupt(recovered.file(next.number()), Segment.START, Damage.SEQ_NOT_ASCENDING),
          recovered.scan(TestJournal.FIRST, List.of(cut, second)).verdict());
    }
  }

  @Nested
  final class AClosedJournal {

    @Test
    void thatEndsBelowTheManifestsMarkIsCorrupt() throws IOException {
      journal.close();
      JournalScan scan = files.scan();
      assertInstanceOf(CleanEnd.class, scan.verdict());
      long beyond = scan.end() + 8;
      assertEquals(
          new Corrupt(files.file(3), Position.offset(scan.end()), Damage.ENDS_BELOW_MARK),
          JournalScan.of(files.config, TestJournal.FIRST, List.of(), beyond, 7).verdict());
    }

    @Test
    void knowsByItsLastRecordThatAllBeforeWasForced() throws IOException {
      journal.close();
      flip(files, put.getLast());
      assertInstanceOf(Corrupt.class, files.scan().verdict());
    }
  }
}
