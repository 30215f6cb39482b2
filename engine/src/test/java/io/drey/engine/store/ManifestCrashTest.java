package io.drey.engine.store;

import static io.drey.engine.store.Manifests.DIRECTORY;
import static io.drey.engine.store.Manifests.FRAME;
import static io.drey.engine.store.Manifests.IDENTITY;
import static io.drey.engine.store.Manifests.firstHead;
import static io.drey.engine.store.Manifests.image;
import static io.drey.engine.store.Manifests.step;
import static io.drey.engine.store.Manifests.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.store.CrashVfs.Torn;
import io.drey.engine.store.CrashVfs.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * INVARIANTS M1, M2, M3: wherever the power fails, and whatever of the unforced steps survives, the
 * manifest is that of the last acknowledged commit, or of the one under way.
 */
final class ManifestCrashTest {
  /** Small enough for a switch to a new file every few commits. */
  private static final long APPENDED_MIN = 300;

  private static final int SECTOR = 512;

  /** What was done, and after how many steps which state was acknowledged. */
  private static final class History {
    final CrashVfs vfs;
    final List<Integer> acknowledgedAt = new ArrayList<>();
    final List<String> states = new ArrayList<>();

    History(CrashVfs vfs) {
      this.vfs = vfs;
    }

    void acknowledge(ManifestLog log) {
      acknowledgedAt.add(vfs.steps().size());
      states.add(text(log.state()));
    }

    /** Index of the last state acknowledged within so many steps; -1 = none. */
    int acknowledgedAfter(int steps) {
      int last = -1;
      for (int i = 0; i < acknowledgedAt.size(); i++) {
        if (acknowledgedAt.get(i) <= steps) {
          last = i;
        }
      }
      return last;
    }

    List<String> possibleAfter(int steps) {
      int last = acknowledgedAfter(steps);
      return states.subList(Math.max(0, last), Math.min(states.size(), last + 2));
    }
  }

  private static History shortLife() throws IOException {
    History history = new History(new CrashVfs(DIRECTORY));
    CrashVfs vfs = history.vfs;
    try (ManifestLog log =
        ManifestLog.create(vfs, DIRECTORY, APPENDED_MIN, IDENTITY, firstHead())) {
      history.acknowledge(log);
      for (int i = 1; i <= 5; i++) {
        log.commit(step(i));
        history.acknowledge(log);
      }
      assertTrue(log.fileNumber() > 1, "a switch to a new file is part of the history");
    }
    try (ManifestLog log = resume(vfs)) {
      for (int i = 6; i <= 9; i++) {
        log.commit(step(i));
        history.acknowledge(log);
      }
    }
    return history;
  }

  private static ManifestLog resume(CrashVfs vfs) throws IOException {
    ManifestView view = ManifestLog.read(vfs, DIRECTORY, FRAME);
    return ManifestLog.resume(vfs, DIRECTORY, APPENDED_MIN, view);
  }

  @Test
  void aProcessKillLeavesTheLastAcknowledgedCommitOrTheOneUnderWay() throws IOException {
    History history = shortLife();
    for (int end = 0; end <= history.vfs.steps().size(); end++) {
      verify(history, end, _ -> true, null);
    }
  }

  @Test
  void aPowerCutMayTakeAnySubsetOfTheUnforcedSteps() throws IOException {
    History history = shortLife();
    for (int end = 0; end <= history.vfs.steps().size(); end++) {
      List<Integer> pending = history.vfs.pending(end);
      assertTrue(pending.size() <= 8, "few enough for all subsets: " + pending);
      for (int subset = 0; subset < 1 << pending.size(); subset++) {
        int chosen = subset;
        verify(history, end, i -> (chosen >> pending.indexOf(i) & 1) != 0, null);
      }
    }
  }

  @Test
  void aPowerCutMayTearTheLastWriteAtAnyByte() throws IOException {
    History history = shortLife();
    for (int end = 1; end <= history.vfs.steps().size(); end++) {
      int last = end - 1;
      if (history.vfs.steps().get(last) instanceof Write write) {
        int length = write.bytes().length;
        for (int at = 0; at < length; at++) {
          verify(history, end, _ -> true, new Torn(last, 0, at));
          if (write.position() + at > 0 && (write.position() + at) % SECTOR == 0) {
            verify(history, end, _ -> true, new Torn(last, at, length));
          }
        }
      }
    }
  }

  @Test
  void aCrashDuringRecoveryFromACrashLeavesTheSameState() throws IOException {
    History history = shortLife();
    for (int end = 1; end <= history.vfs.steps().size(); end++) {
      int last = end - 1;
      boolean append =
          history.vfs.steps().get(last) instanceof Write write && write.position() > 1000;
      if (append) {
        Write write = (Write) history.vfs.steps().get(last);
        Torn torn = new Torn(last, 0, write.bytes().length - 9);
        CrashVfs once = history.vfs.after(end, _ -> true, torn);
        String before = text(ManifestLog.read(once, DIRECTORY, FRAME).state());
        resume(once).close();
        for (int again = 0; again <= once.steps().size(); again++) {
          CrashVfs twice = once.after(again, _ -> false, null);
          assertEquals(before, text(ManifestLog.read(twice, DIRECTORY, FRAME).state()));
        }
      }
    }
  }

  @Test
  void aCommitOfSeveralRecordsIsThereAsAWholeOrNotAtAll() throws IOException {
    History history = new History(new CrashVfs(DIRECTORY));
    try (ManifestLog log =
        ManifestLog.create(history.vfs, DIRECTORY, 1 << 24, IDENTITY, firstHead())) {
      log.commit(big(0));
      history.acknowledge(log);
      log.commit(big(1));
      history.acknowledge(log);
    }
    int from = history.acknowledgedAt.getFirst();
    int writes = history.vfs.steps().size() - 1 - from;
    assertTrue(writes >= 3, writes + " records in the commit");
    for (int end = from + 1; end < history.vfs.steps().size(); end++) {
      List<Integer> pending = history.vfs.pending(end);
      for (int subset = 0; subset < 1 << pending.size(); subset++) {
        int chosen = subset;
        read(history, end, i -> (chosen >> pending.indexOf(i) & 1) != 0, null);
      }
      for (int torn : pending) {
        read(history, end, _ -> true, new Torn(torn, 0, 4096));
        read(history, end, _ -> true, new Torn(torn, 4096, 8192));
      }
    }
  }

  private static ManifestChange big(int round) {
    List<StoredImage> images = new ArrayList<>();
    for (int blob = 1; blob <= 6000; blob++) {
      images.add(image(blob, round * 6000L + blob, round));
    }
    return new ManifestChange(firstHead().withBlobs(6001, 1), images, List.of());
  }

  /** Opens what is left, goes on with one more commit and reads that back. */
  private static void verify(History history, int end, IntPredicate survives, @Nullable Torn torn)
      throws IOException {
    CrashVfs left = read(history, end, survives, torn);
    if (left.list(DIRECTORY).stream().noneMatch(ManifestCrashTest::isManifest)) {
      return;
    }
    String before = text(ManifestLog.read(left, DIRECTORY, FRAME).state());
    try (ManifestLog log = resume(left)) {
      assertEquals(before, text(log.state()));
      ManifestHead head = log.state().head();
      log.commit(ManifestChange.ofHead(head.withNextTree(head.nextTree() + 1)));
      CrashVfs later = left.after(left.steps().size(), _ -> false, null);
      String after = text(ManifestLog.read(later, DIRECTORY, FRAME).state());
      assertEquals(text(log.state()), after);
    }
  }

  private static CrashVfs read(History history, int end, IntPredicate survives, @Nullable Torn torn)
      throws IOException {
    CrashVfs left = history.vfs.after(end, survives, torn);
    String context = "after " + end + " steps, " + torn + ", left " + left.names();
    if (left.list(DIRECTORY).stream().noneMatch(ManifestCrashTest::isManifest)) {
      assertEquals(-1, history.acknowledgedAfter(end), context);
    } else {
      String found = text(ManifestLog.read(left, DIRECTORY, FRAME).state());
      assertTrue(history.possibleAfter(end).contains(found), context + ": " + found);
    }
    return left;
  }

  private static boolean isManifest(String name) {
    return FileNames.manifestNumber(name).isPresent();
  }
}
