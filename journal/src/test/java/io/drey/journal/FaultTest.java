package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.journal.TailVerdict.TornTail;
import io.drey.journal.TestJournal.Seen;
import io.drey.journal.WatchedVfs.Call;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file system that refuses. */
@Timeout(60)
final class FaultTest {

  private WatchedVfs vfs;
  private TestJournal files;
  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();

  @BeforeEach
  void create() throws IOException {
    vfs = new WatchedVfs(Vfs.memory());
    files = new TestJournal(vfs, Path.of("/store"));
  }

  /** While {@link #broken}, every call of the kind fails. */
  private void refuse(Call kind) {
    vfs.watch((call, path, from, to) -> {
      if (call == kind && broken.get()) {
        refused.incrementAndGet();
        throw new IOException("refused: " + call + " " + path);
      }
    });
  }

  @Nested
  final class AForceOfRecordsThatFails {

    private Journal journal;
    private Seen safe;
    private Seen lost;

    @BeforeEach
    void oneRecordForcedAndOneNot() throws IOException {
      refuse(Call.REGION_FORCE);
      journal = files.start();
      safe = files.append(journal, new byte[10]);
      journal.awaitForced(safe.position());
      lost = files.append(journal, new byte[10]);
      broken.set(true);
    }

    @Test
    void isATypedErrorForEverybodyFromThenOn() {
      assertThrows(JournalFailedException.class, () -> journal.awaitForced(lost.position()));
      broken.set(false);
      assertThrows(JournalFailedException.class, () -> journal.awaitForced(lost.position()));
      assertThrows(JournalFailedException.class, journal::force);
      assertThrows(JournalFailedException.class, () -> journal.prepare(1));
      assertThrows(JournalFailedException.class, journal::prepareSwitch);
      assertThrows(JournalFailedException.class, () -> journal.recycleBefore(1, 1));
      assertFalse(journal.reserve(new Reservation(), 1, 1));
      assertNull(journal.switchSegment(0, null));
      assertEquals(0, journal.takeSeqs(1, Journal.ANY_EPOCH));
    }

    @Test
    void leavesTrueWhatWasAcknowledgedBefore() throws IOException {
      assertThrows(JournalFailedException.class, journal::force);
      journal.awaitForced(safe.position());
      assertEquals(lost.position(), journal.forcedMark());
    }

    @Test
    void isNotRepeatedByClose() {
      assertThrows(JournalFailedException.class, journal::force);
      assertEquals(1, refused.get());
      assertThrows(JournalFailedException.class, journal::close);
      assertEquals(1, refused.get());
      assertThrows(JournalFailedException.class, () -> journal.prepare(1));
    }

    @Test
    void letsRecordsInFlightBePublishedInPeace() throws IOException {
      Reservation open = new Reservation();
      assertTrue(journal.reserve(open, 10, 1));
      assertThrows(JournalFailedException.class, journal::force);
      journal.publish(open, TestJournal.TYPE, new byte[10], 10);
      assertThrows(JournalFailedException.class, journal::close);
    }

    @Test
    void reachesEveryWaiter() throws Exception {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      vfs.watch((call, path, from, to) -> {
        entered.countDown();
        try {
          release.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
        throw new IOException("refused");
      });
      List<FutureTask<Throwable>> waiters = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Seen put = files.append(journal, new byte[10]);
        FutureTask<Throwable> waiter =
            new FutureTask<>(() ->
                assertThrows(
                    JournalFailedException.class, () -> journal.awaitForced(put.position())));
        Thread thread = Thread.ofPlatform().start(waiter);
        if (i == 0) {
          entered.await();
        }
        while (thread.getState() != Thread.State.WAITING) {
          Thread.onSpinWait();
        }
        waiters.add(waiter);
      }
      release.countDown();
      for (FutureTask<Throwable> waiter : waiters) {
        assertInstanceOf(IOException.class, waiter.get().getCause());
      }
    }

    @Test
    void byCloseItselfLetsGoOfEverything() {
      assertThrows(JournalFailedException.class, journal::close);
      assertThrows(JournalFailedException.class, () -> journal.prepare(1));
    }
  }

  @Nested
  final class AForceOfANewSegmentThatFails {

    private void isFinal(Call kind) throws IOException {
      refuse(kind);
      Journal journal = files.start();
      broken.set(true);
      assertThrows(JournalFailedException.class, journal::prepareSwitch);
      broken.set(false);
      assertThrows(JournalFailedException.class, journal::prepareSwitch);
      assertThrows(JournalFailedException.class, () -> journal.prepare(1));
      assertEquals(1, refused.get());
      assertThrows(JournalFailedException.class, journal::close);
    }

    @Test
    void isFinalForTheFile() throws IOException {
      isFinal(Call.FORCE);
    }

    @Test
    void isFinalForTheDirectory() throws IOException {
      isFinal(Call.DIRECTORY_FORCE);
    }

    @Test
    void keepsTheFirstSegmentFromBeingStarted() {
      refuse(Call.DIRECTORY_FORCE);
      broken.set(true);
      assertThrows(JournalFailedException.class, () -> files.start());
    }
  }

  @Nested
  final class AFullDisk {

    private List<Seen> appendUntilRefused(Journal journal) throws IOException {
      List<Seen> put = new ArrayList<>();
      while (true) {
        try {
          put.add(files.append(journal, TestJournal.body(1000, put.size())));
        } catch (JournalFailedException e) {
          throw e;
        } catch (IOException expected) {
          return put;
        }
      }
    }

    private void isRepeatable(Call kind) throws IOException {
      refuse(kind);
      try (Journal journal = files.start()) {
        broken.set(true);
        List<Seen> put = appendUntilRefused(journal);
        assertTrue(put.size() > 50, "the open segment is still used to its end");
        journal.awaitForced(put.getLast().position());
        assertThrows(IOException.class, journal::prepareSwitch);
        assertNull(journal.switchSegment(0, null));
        assertFalse(journal.reserve(new Reservation(), 1000, 1));
        broken.set(false);
        put.add(files.append(journal, TestJournal.body(1000, 99)));
        TestJournal.switchSegment(journal);
        put.add(files.append(journal, TestJournal.body(1000, 100)));
        assertEquals(put, TestJournal.replay(files.killed().scan()));
      }
    }

    @Test
    void atTheCreationOfASegmentLosesNothingAndPasses() throws IOException {
      isRepeatable(Call.CREATE);
    }

    @Test
    void inTheMiddleOfASegmentLosesNothingAndPasses() throws IOException {
      isRepeatable(Call.WRITE);
    }

    @Test
    void leavesNoHalfMadeFileBehind() throws IOException {
      refuse(Call.WRITE);
      try (Journal journal = files.start()) {
        broken.set(true);
        assertThrows(IOException.class, journal::prepareSwitch);
        assertEquals(1, files.vfs.list(files.config.directory()).size());
      }
    }
  }

  @Nested
  final class ARenameThatFails {

    @Test
    void leavesTheJournalAsItWas() throws IOException {
      refuse(Call.RENAME);
      try (Journal journal = files.start()) {
        files.append(journal, new byte[10]);
        Switch parted = TestJournal.switchSegment(journal);
        journal.forceThrough(parted.end());
        journal.recycleBefore(parted.next().number(), 8);
        broken.set(true);
        assertThrows(IOException.class, journal::prepareSwitch);
        Seen put = files.append(journal, new byte[10]);
        broken.set(false);
        journal.prepareSwitch();
        JournalScan scan = JournalScan.of(files.killed().config, parted.next(), List.of(), 0, 8);
        assertEquals(List.of(put), TestJournal.replay(scan));
        assertInstanceOf(TornTail.class, scan.verdict());
      }
    }
  }
}
