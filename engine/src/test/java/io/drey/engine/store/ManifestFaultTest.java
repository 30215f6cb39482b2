package io.drey.engine.store;

import static io.drey.engine.store.Manifests.DIRECTORY;
import static io.drey.engine.store.Manifests.FRAME;
import static io.drey.engine.store.Manifests.IDENTITY;
import static io.drey.engine.store.Manifests.firstHead;
import static io.drey.engine.store.Manifests.step;
import static io.drey.engine.store.Manifests.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.store.CommitFailedException.Outcome;
import io.drey.engine.store.CrashVfs.Create;
import io.drey.engine.store.CrashVfs.Fault;
import io.drey.engine.store.CrashVfs.Force;
import io.drey.engine.store.CrashVfs.ForceNames;
import io.drey.engine.store.CrashVfs.Step;
import io.drey.engine.store.CrashVfs.Write;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class ManifestFaultTest {
  private static final long APPENDED_MIN = 300;
  private static final int COMMITS = 7;

  private static ManifestLog create(CrashVfs vfs) throws IOException {
    return ManifestLog.create(vfs, DIRECTORY, APPENDED_MIN, IDENTITY, firstHead());
  }

  /** The steps of a life without faults, with two switches to a new file in it. */
  private static List<Step> plainLife(List<String> states) throws IOException {
    CrashVfs vfs = new CrashVfs(DIRECTORY);
    try (ManifestLog log = create(vfs)) {
      states.add(text(log.state()));
      for (int i = 1; i <= COMMITS; i++) {
        log.commit(step(i));
        states.add(text(log.state()));
      }
      assertTrue(log.fileNumber() > 1);
    }
    return vfs.steps();
  }

  @Nested
  final class AFullDisk {
    @Test
    void leavesEveryCommitRepeatable() throws IOException {
      List<String> states = new ArrayList<>();
      List<Step> plain = plainLife(states);
      for (int at = 0; at < plain.size(); at++) {
        if (!(plain.get(at) instanceof Force || plain.get(at) instanceof ForceNames)) {
          live(at, states);
        }
      }
    }

    private void live(int faultAt, List<String> states) throws IOException {
      CrashVfs vfs = new CrashVfs(DIRECTORY);
      vfs.failAt(faultAt, Fault.NO_SPACE);
      int failures = 0;
      ManifestLog log;
      try {
        log = create(vfs);
      } catch (IOException e) {
        failures++;
        log = create(vfs);
      }
      for (int i = 1; i <= COMMITS; i++) {
        try {
          log.commit(step(i));
        } catch (CommitFailedException e) {
          failures++;
          assertEquals(Outcome.REPEATABLE, e.outcome());
          assertEquals(states.get(i - 1), text(log.state()));
          assertOnDisk(states.get(i - 1), vfs, "after the failed commit");
          assertFalse(ManifestLog.read(vfs, DIRECTORY, FRAME).isTorn(), "the attempt is cut off");
          log.commit(step(i));
          assertTrue(log.commitNumber() > e.attempt(), "the repetition has a number of its own");
        }
        assertOnDisk(states.get(i), vfs, "fault at " + faultAt);
      }
      assertTrue(failures <= 1, failures + " failures from one fault");
      assertNull(log.failure());
      log.close();
    }

    /** Nothing of the failed attempt is left to come true later. */
    private void assertOnDisk(String expected, CrashVfs vfs, String context) throws IOException {
      CrashVfs powerCut = vfs.after(vfs.steps().size(), _ -> false, null);
      assertEquals(expected, text(ManifestLog.read(powerCut, DIRECTORY, FRAME).state()), context);
      assertEquals(expected, text(ManifestLog.read(vfs, DIRECTORY, FRAME).state()), context);
    }

    @Test
    void postponesASwitchToANewFileAndCommitsAllTheSame() throws IOException {
      List<String> states = new ArrayList<>();
      List<Step> plain = plainLife(states);
      int create = 0;
      while (!plain.get(create).equals(new Create(1, "manifest-2.tmp"))) {
        create++;
      }
      for (int fault = create; fault <= create + 2; fault++) {
        CrashVfs vfs = new CrashVfs(DIRECTORY);
        vfs.failAt(fault, Fault.NO_SPACE);
        try (ManifestLog log = create(vfs)) {
          for (int i = 1; i <= COMMITS; i++) {
            log.commit(step(i));
          }
          assertEquals(states.getLast(), text(log.state()));
          assertNull(log.failure());
          assertTrue(log.fileNumber() > 1, "the switch came later");
        }
      }
    }
  }

  @Nested
  final class AFailedForce {
    @Test
    void isFinalAndLeavesTheCommitBeforeOrTheOneUnderWay() throws IOException {
      List<String> states = new ArrayList<>();
      List<Step> plain = plainLife(states);
      int tried = 0;
      for (int at = 0; at < plain.size(); at++) {
        if (plain.get(at) instanceof Force || plain.get(at) instanceof ForceNames) {
          live(at, states);
          tried++;
        }
      }
      assertTrue(tried > COMMITS, tried + " forces");
    }

    private void live(int faultAt, List<String> states) throws IOException {
      CrashVfs vfs = new CrashVfs(DIRECTORY);
      vfs.failAt(faultAt, Fault.BROKEN);
      ManifestLog log;
      try {
        log = create(vfs);
      } catch (IOException e) {
        return;
      }
      int done = 0;
      CommitFailedException failed = null;
      for (int i = 1; i <= COMMITS && failed == null; i++) {
        try {
          log.commit(step(i));
          done = i;
        } catch (CommitFailedException e) {
          failed = e;
        }
      }
      assertNotNull(failed, "fault at " + faultAt);
      assertTrue(failed.outcome() != Outcome.REPEATABLE);
      assertNotNull(log.failure());
      assertEquals(states.get(done), text(log.state()));
      ManifestChange next = step(done + 1);
      ManifestLog dead = log;
      CommitFailedException refused =
          assertThrows(CommitFailedException.class, () -> dead.commit(next));
      assertEquals(Outcome.REFUSED, refused.outcome());
      boolean unknown = failed.outcome() == Outcome.UNKNOWN;
      List<String> possible = states.subList(done, unknown ? done + 2 : done + 1);
      for (boolean survives : new boolean[] {true, false}) {
        CrashVfs left = vfs.after(vfs.steps().size(), _ -> survives, null);
        String found = text(ManifestLog.read(left, DIRECTORY, FRAME).state());
        assertTrue(possible.contains(found), "fault at " + faultAt + ": " + found);
      }
    }
  }

  @Nested
  final class ACutThatFails {
    @Test
    void isFinalWithAnUnknownOutcome() throws IOException {
      CrashVfs vfs = new CrashVfs(DIRECTORY);
      try (ManifestLog log = create(vfs)) {
        log.commit(step(1));
        assertTrue(vfs.steps().getLast() instanceof Force);
        assertTrue(vfs.steps().get(vfs.steps().size() - 2) instanceof Write);
        vfs.failFrom(vfs.attempts(), Fault.NO_SPACE);
        var failed = assertThrows(CommitFailedException.class, () -> log.commit(step(2)));
        assertEquals(Outcome.UNKNOWN, failed.outcome());
        assertNotNull(log.failure());
      }
    }
  }
}
