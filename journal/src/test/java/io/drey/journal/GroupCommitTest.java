package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.journal.TestJournal.Seen;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many committers at one journal, platform threads and virtual ones. */
@Timeout(60)
final class GroupCommitTest {

  private static final int COMMITTERS = 64;

  /** What runs the committers. */
  enum Kind {
    PLATFORM,
    VIRTUAL;

    ThreadFactory factory() {
      return switch (this) {
        case PLATFORM -> Thread.ofPlatform().factory();
        case VIRTUAL -> Thread.ofVirtual().factory();
      };
    }
  }

  private WatchedVfs vfs;
  private TestJournal files;

  @BeforeEach
  void create() throws IOException {
    vfs = new WatchedVfs(Vfs.memory());
    files = new TestJournal(vfs, Path.of("/store"));
  }

  private static Seen commit(Journal journal, Reservation r, long seed) throws IOException {
    byte[] body = TestJournal.body(100, seed);
    do {
      journal.prepare(body.length);
    } while (!journal.reserve(r, body.length, 1));
    Seen put = TestJournal.seen(r, body);
    journal.publish(r, TestJournal.TYPE, body, body.length);
    journal.awaitForced(put.position());
    assertTrue(journal.forcedMark() > put.position(), "acknowledged before the force");
    return put;
  }

  private static <T> List<T> results(List<FutureTask<T>> tasks)
      throws ExecutionException, InterruptedException {
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get());
    }
    return results;
  }

  @ParameterizedTest
  @EnumSource
  void acknowledgesEveryCommitOfManyThreadsOnce(Kind kind) throws Exception {
    int commits = 30;
    List<Seen> all = new ArrayList<>();
    try (Journal journal = files.start()) {
      List<FutureTask<List<Seen>>> tasks = new ArrayList<>();
      for (int c = 0; c < COMMITTERS; c++) {
        long seed = c * 1000L;
        tasks.add(
            new FutureTask<>(() -> {
              Reservation r = new Reservation();
              List<Seen> put = new ArrayList<>();
              for (int i = 0; i < commits; i++) {
                put.add(commit(journal, r, seed + i));
              }
              return put;
            }));
      }
      tasks.forEach(task -> kind.factory().newThread(task).start());
      results(tasks).forEach(all::addAll);
      assertTrue(journal.forces() <= all.size() + Position.segment(journal.forcedMark()));
    }
    all.sort(Comparator.comparingLong(Seen::position));
    assertEquals(all, TestJournal.replay(files.scan()));
  }

  /**
   * Forces about as long as a commit takes to be made, so that committers come, go and are woken at
   * every moment of a round. A wake-up that is lost ends in the timeout.
   */
  @ParameterizedTest
  @ValueSource(ints = {5, 9, 24})
  void losesNoWakeUpOfAVirtualThread(int committers) throws Exception {
    int commits = 60_000 / committers;
    try (Journal journal = files.start()) {
      vfs.watch((call, path, from, to) -> {
        long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(20_000);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
      });
      List<FutureTask<Integer>> tasks = new ArrayList<>();
      for (int c = 0; c < committers; c++) {
        tasks.add(
            new FutureTask<>(() -> {
              Reservation r = new Reservation();
              int done = 0;
              for (; done < commits; done++) {
                commit(journal, r, done);
              }
              return done;
            }));
      }
      tasks.forEach(task -> Thread.ofVirtual().start(task));
      assertEquals(Collections.nCopies(committers, commits), results(tasks));
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharesOneForceAmongAllThatWaitForAnother(Kind kind) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (Journal journal = files.start()) {
      vfs.watch((call, path, from, to) -> await(release));
      List<FutureTask<Long>> tasks = startWaiting(journal, kind);
      release.countDown();
      results(tasks);
      assertEquals(2, journal.forces());
    }
  }

  /** A leader whose own record waits for an earlier one forces what lies before that meanwhile. */
  @ParameterizedTest
  @EnumSource
  void keepsNobodyWaitingForARecordBehindHis(Kind kind) throws Exception {
    try (Journal journal = files.start()) {
      Seen before = files.append(journal, new byte[10]);
      Reservation unfinished = new Reservation();
      assertTrue(journal.reserve(unfinished, 10, 1));
      Seen behind = files.append(journal, new byte[10]);
      FutureTask<Boolean> waiting =
          new FutureTask<>(() -> {
            journal.awaitForced(behind.position());
            return journal.forcedMark() > behind.position();
          });
      Thread leader = kind.factory().newThread(waiting);
      leader.start();
      while (leader.isAlive() && leader.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      FutureTask<Long> earlier =
          new FutureTask<>(() -> {
            journal.awaitForced(before.position());
            return journal.forcedMark();
          });
      kind.factory().newThread(earlier).start();
      try {
        assertEquals(unfinished.position(), earlier.get(20, TimeUnit.SECONDS));
      } finally {
        journal.publishVoid(unfinished);
      }
      assertTrue(waiting.get(), "acknowledged before the force");
    }
  }

  @ParameterizedTest
  @EnumSource
  void wakesAllWithTheErrorWhenTheForceTheyWaitForFails(Kind kind) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    IOException broken = new IOException("broken");
    Journal journal = files.start();
    vfs.watch((call, path, from, to) -> {
      await(release);
      throw broken;
    });
    List<FutureTask<Long>> tasks = startWaiting(journal, kind);
    release.countDown();
    for (FutureTask<Long> task : tasks) {
      ExecutionException end = assertThrows(ExecutionException.class, task::get);
      JournalFailedException failure =
          assertInstanceOf(JournalFailedException.class, end.getCause());
      assertEquals(broken, failure.getCause());
    }
    assertEquals(0, journal.forces());
    assertThrows(JournalFailedException.class, journal::close);
  }

  /** One committer inside a force, all others parked. */
  private List<FutureTask<Long>> startWaiting(Journal journal, Kind kind) throws IOException {
    List<FutureTask<Long>> tasks = new ArrayList<>();
    for (int c = 0; c < COMMITTERS; c++) {
      Seen put = files.append(journal, new byte[10]);
      FutureTask<Long> task =
          new FutureTask<>(() -> {
            journal.awaitForced(put.position());
            return journal.forcedMark();
          });
      Thread thread = kind.factory().newThread(task);
      tasks.add(task);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    return tasks;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheInterruptFlagAndTheCommit(Kind kind) throws Exception {
    int commits = 20;
    try (Journal journal = files.start()) {
      List<FutureTask<Boolean>> tasks = new ArrayList<>();
      for (int c = 0; c < COMMITTERS; c++) {
        long seed = c * 1000L;
        tasks.add(
            new FutureTask<>(() -> {
              Reservation r = new Reservation();
              boolean kept = true;
              for (int i = 0; i < commits; i++) {
                Thread.currentThread().interrupt();
                commit(journal, r, seed + i);
                kept &= Thread.interrupted();
              }
              return kept;
            }));
      }
      tasks.forEach(task -> kind.factory().newThread(task).start());
      results(tasks).forEach(kept -> assertTrue(kept, "the flag was lost"));
    }
    assertEquals(COMMITTERS * commits, TestJournal.replay(files.scan()).size());
  }
}
