package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.journal.TailVerdict.Corrupt;
import io.drey.journal.TestJournal.Seen;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Power cuts at any moment of a journal's life, checkpoints and recycling included. */
@Timeout(120)
final class PowerCutTest {

  private static final int STEPS = 300;

  /** A journal, the manifest as the engine would keep it, and what must survive. */
  private static final class Life {
    final PowerCut power;
    final TestJournal files;
    final Journal journal;
    final Random random;
    List<Seen> put = new ArrayList<>();
    SegmentLink start = TestJournal.FIRST;
    long manifest = TestJournal.MANIFEST;

    Life(long seed) throws IOException {
      random = new Random(seed);
      Vfs memory = Vfs.memory();
      WatchedVfs vfs = new WatchedVfs(memory);
      files = new TestJournal(vfs, Path.of("/store"));
      power = new PowerCut(memory);
      vfs.watch(power);
      journal = files.start();
    }

    void step() throws IOException {
      int what = random.nextInt(100);
      if (what < 75) {
        int length = random.nextInt(random.nextInt(8) == 0 ? 20_000 : 400);
        put.add(files.append(journal, TestJournal.body(length, random.nextLong())));
      } else if (what < 92 && !put.isEmpty()) {
        journal.awaitForced(put.get(random.nextInt(put.size())).position());
      } else if (what < 96) {
        TestJournal.switchSegment(journal);
      } else {
        checkpoint();
      }
    }

    private void checkpoint() throws IOException {
      Switch parted = TestJournal.switchSegment(journal);
      journal.forceThrough(parted.end());
      start = parted.next();
      manifest++;
      put = new ArrayList<>();
      journal.recycleBefore(start.number(), manifest);
    }

    /** Everything below the forced mark is there, and what is there is a prefix. */
    void survivesAPowerCut(String what) throws IOException {
      long mark = journal.forcedMark();
      TestJournal left = power.cut(random);
      JournalScan scan = JournalScan.of(left.config, start, List.of(), 0, manifest);
      assertFalse(scan.verdict() instanceof Corrupt, () -> what + ": " + scan.verdict());
      List<Seen> seen = TestJournal.replay(scan);
      assertTrue(seen.size() <= put.size(), what);
      assertEquals(put.subList(0, seen.size()), seen, what);
      long promised = put.stream().filter(record -> record.position() < mark).count();
      assertTrue(seen.size() >= promised, () -> what + ": lost " + (promised - seen.size()));
      assertTrue(scan.forcedMark() <= mark, what);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void leaveAPrefixWithEverythingThatWasForced(long seed) throws IOException {
    Life life = new Life(seed);
    try (Journal journal = life.journal) {
      for (int i = 0; i < STEPS; i++) {
        life.step();
        life.survivesAPowerCut("seed " + seed + ", step " + i);
      }
      assertTrue(journal.forces() > 0);
    }
  }
}
