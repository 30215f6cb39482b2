package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.journal.TestJournal.Seen;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads at one journal. */
@Timeout(60)
final class ConcurrencyTest {

  private WatchedVfs vfs;
  private TestJournal files;

  @BeforeEach
  void create() throws IOException {
    vfs = new WatchedVfs(Vfs.memory());
    files = new TestJournal(vfs, Path.of("/store"));
  }

  private static <T> Future<T> run(ThreadFactory threads, Callable<T> task) {
    FutureTask<T> future = new FutureTask<>(task);
    threads.newThread(future).start();
    return future;
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @Nested
  final class ManyWriters {

    private static final int WRITERS = 8;
    private static final int RECORDS = 400;

    private List<Seen> write(Journal journal, ReentrantLock latch, int writer, boolean sync)
        throws IOException {
      List<Seen> put = new ArrayList<>();
      Reservation r = new Reservation();
      for (int i = 0; i < RECORDS; i++) {
        byte[] body = TestJournal.body(i * 7 % 900, writer * 1000L + i);
        boolean reserved;
        do {
          journal.prepare(body.length);
          latch.lock();
          try {
            reserved = journal.reserve(r, body.length, 1 + i % 2);
          } finally {
            latch.unlock();
          }
        } while (!reserved);
        put.add(TestJournal.seen(r, body));
        if (i % 50 == 49) {
          put.removeLast();
          journal.publishVoid(r);
        } else {
          journal.publish(r, TestJournal.TYPE, body, body.length);
        }
        long position = r.position();
        if (sync && i % 8 == 0) {
          journal.awaitForced(position);
          assertTrue(journal.forcedMark() > position);
        }
      }
      return put;
    }

    private void leaveWhatTheyPublished(ThreadFactory threads, boolean sync) throws Exception {
      List<Seen> all = Collections.synchronizedList(new ArrayList<>());
      ReentrantLock latch = new ReentrantLock();
      AtomicBoolean done = new AtomicBoolean();
      try (Journal journal = files.start()) {
        List<Future<List<Seen>>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
          int writer = w;
          writers.add(run(threads, () -> write(journal, latch, writer, sync)));
        }
        Future<Integer> switcher = run(threads, () -> keepSwitching(journal, latch, done));
        for (Future<List<Seen>> writer : writers) {
          all.addAll(writer.get());
        }
        done.set(true);
        assertTrue(switcher.get() > 0);
      }
      all.sort(Comparator.comparingLong(Seen::position));
      assertEquals(all, TestJournal.replay(files.scan()));
    }

    private int keepSwitching(Journal journal, ReentrantLock latch, AtomicBoolean done)
        throws IOException {
      int switches = 0;
      while (!done.get()) {
        journal.prepareSwitch();
        Switch parted;
        latch.lock();
        try {
          parted = journal.switchSegment(0, null);
        } finally {
          latch.unlock();
        }
        journal.publishSwitch();
        if (parted != null) {
          journal.forceThrough(parted.end());
          assertTrue(journal.forcedMark() >= parted.end());
          switches++;
        }
      }
      return switches;
    }

    @Test
    void leaveExactlyWhatTheyPublished() throws Exception {
      leaveWhatTheyPublished(Thread.ofPlatform().factory(), false);
    }

    @Test
    void leaveExactlyWhatTheyPublishedUnderForces() throws Exception {
      leaveWhatTheyPublished(Thread.ofPlatform().factory(), true);
    }

    @Test
    void mayBeVirtualThreads() throws Exception {
      leaveWhatTheyPublished(Thread.ofVirtual().factory(), true);
    }

    @Test
    void mayReserveWithoutAnyCommonLatch() throws Exception {
      List<Seen> all = new ArrayList<>();
      try (Journal journal = files.start()) {
        List<Future<List<Seen>>> writers = new ArrayList<>();
        for (int w = 0; w < WRITERS; w++) {
          int writer = w;
          writers.add(
              run(
                  Thread.ofPlatform().factory(),
                  () -> write(journal, new ReentrantLock(), writer, false)));
        }
        for (Future<List<Seen>> writer : writers) {
          all.addAll(writer.get());
        }
      }
      all.sort(Comparator.comparingLong(Seen::position));
      assertEquals(all, TestJournal.replay(files.scan()));
    }
  }

  @Nested
  final class ARecordThatIsNotYetPublished {

    @Test
    void holdsBackThePublishedAndTheForcedEnd() throws Exception {
      try (Journal journal = files.start()) {
        Seen before = files.append(journal, new byte[10]);
        Reservation open = new Reservation();
        assertTrue(journal.reserve(open, 100, 1));
        long hole = open.position();
        Seen behind = files.append(journal, new byte[10]);
        journal.force();
        assertEquals(hole, journal.forcedMark());
        assertEquals(List.of(before), TestJournal.replay(files.killed().scan()));

        Future<?> waiter =
            run(
                Thread.ofPlatform().factory(),
                () -> {
                  journal.awaitForced(behind.position());
                  return journal.forcedMark();
                });
        assertFalse(waiter.isDone());
        journal.publishVoid(open);
        assertTrue((long) waiter.get() > behind.position());
        assertEquals(List.of(before, behind), TestJournal.replay(files.killed().scan()));
      }
    }

    @Test
    void inAnEarlierSegmentHoldsBackTheNextOne() throws Exception {
      try (Journal journal = files.start()) {
        Reservation open = new Reservation();
        assertTrue(journal.reserve(open, 100, 1));
        long hole = open.position();
        TestJournal.switchSegment(journal);
        files.append(journal, new byte[10]);
        journal.force();
        assertEquals(hole, journal.forcedMark());
        journal.publishVoid(open);
        journal.force();
        assertEquals(2, Position.segment(journal.forcedMark()));
      }
    }
  }

  @Nested
  final class GroupCommits {

    @Test
    void shareOneForceWhileAnotherRuns() throws Exception {
      CountDownLatch entered = new CountDownLatch(1);
      CountDownLatch release = new CountDownLatch(1);
      try (Journal journal = files.start()) {
        Seen first = files.append(journal, new byte[10]);
        vfs.watch((call, path, from, to) -> {
          if (call == WatchedVfs.Call.REGION_FORCE) {
            entered.countDown();
            awaitQuietly(release);
          }
        });
        Future<?> leader = commit(journal, first);
        entered.await();
        List<Future<?>> followers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Seen put = files.append(journal, new byte[10]);
          FutureTask<Long> task = task(journal, put);
          Thread thread = Thread.ofPlatform().start(task);
          awaitParked(thread);
          followers.add(task);
        }
        release.countDown();
        leader.get();
        for (Future<?> follower : followers) {
          follower.get();
        }
        assertEquals(2, journal.forces());
      }
    }

    private Future<?> commit(Journal journal, Seen put) {
      FutureTask<Long> task = task(journal, put);
      Thread.ofPlatform().start(task);
      return task;
    }

    private FutureTask<Long> task(Journal journal, Seen put) {
      return new FutureTask<>(() -> {
        journal.awaitForced(put.position());
        return journal.forcedMark();
      });
    }

    private void awaitQuietly(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Test
    void ofALoneCommitterRunOnItsOwnThread() throws Exception {
      List<Thread> forcers = new ArrayList<>();
      try (Journal journal = files.start()) {
        vfs.watch((call, path, from, to) -> forcers.add(Thread.currentThread()));
        for (int i = 0; i < 10; i++) {
          journal.awaitForced(files.append(journal, new byte[10]).position());
        }
        assertEquals(Collections.nCopies(10, Thread.currentThread()), forcers);
        assertEquals(10, journal.forces());
      }
    }

    @Test
    void forceEarlierSegmentsFirst() throws Exception {
      List<Path> order = new ArrayList<>();
      try (Journal journal = files.start()) {
        for (int i = 0; i < 3; i++) {
          files.append(journal, new byte[10]);
          TestJournal.switchSegment(journal);
        }
        Seen last = files.append(journal, new byte[10]);
        vfs.watch((call, path, from, to) -> order.add(path));
        journal.awaitForced(last.position());
        assertEquals(List.of(files.file(1), files.file(2), files.file(3), files.file(4)), order);
      }
    }
  }

  @Nested
  final class Interrupts {

    @Test
    void reachNoCommitAndStaySet() throws Exception {
      try (Journal journal = files.start()) {
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
          FutureTask<Boolean> task = new FutureTask<>(() -> commitInterrupted(journal));
          Thread.ofPlatform().start(task);
          tasks.add(task);
        }
        for (FutureTask<Boolean> task : tasks) {
          assertTrue(task.get(), "the flag was lost");
        }
      }
      assertEquals(400, TestJournal.replay(files.scan()).size());
    }

    private boolean commitInterrupted(Journal journal) throws IOException {
      boolean kept = true;
      Reservation r = new Reservation();
      byte[] body = new byte[400];
      for (int i = 0; i < 100; i++) {
        Thread.currentThread().interrupt();
        do {
          journal.prepare(body.length);
        } while (!journal.reserve(r, body.length, 1));
        long position = r.position();
        journal.publish(r, TestJournal.TYPE, body, body.length);
        journal.awaitForced(position);
        kept &= Thread.interrupted();
      }
      return kept;
    }
  }

  @Nested
  final class CloseUnderLoad {

    @Test
    void endsEveryWriterWithATypedErrorAndLosesNothingAcknowledged() throws Exception {
      Journal journal = files.start();
      CountDownLatch underWay = new CountDownLatch(4);
      List<Future<List<Seen>>> writers = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        writers.add(run(Thread.ofPlatform().factory(), () -> writeUntilClosed(journal, underWay)));
      }
      underWay.await();
      Future<?> other = run(Thread.ofPlatform().factory(), () -> closed(journal));
      journal.close();
      other.get();
      List<Seen> all = new ArrayList<>();
      for (Future<List<Seen>> writer : writers) {
        all.addAll(writer.get());
      }
      all.sort(Comparator.comparingLong(Seen::position));
      assertEquals(all, TestJournal.replay(files.scan()));
    }

    private Journal closed(Journal journal) throws IOException {
      journal.close();
      return journal;
    }

    private List<Seen> writeUntilClosed(Journal journal, CountDownLatch underWay)
        throws IOException, ExecutionException {
      List<Seen> put = new ArrayList<>();
      Reservation r = new Reservation();
      byte[] body = new byte[300];
      try {
        while (true) {
          journal.prepare(body.length);
          if (journal.reserve(r, body.length, 1)) {
            put.add(TestJournal.seen(r, body));
            long position = r.position();
            journal.publish(r, TestJournal.TYPE, body, body.length);
            journal.awaitForced(position);
            if (put.size() == 20) {
              underWay.countDown();
            }
          }
        }
      } catch (JournalClosedException expected) {
        return put;
      }
    }
  }
}
