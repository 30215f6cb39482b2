package io.drey.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Tree;
import io.drey.TreeOn;
import io.drey.testing.Directories;
import io.drey.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store whose process dies shortly after every start, before any checkpoint. */
@Tag("small-frames")
class CrashLoopTest {
  private static final int LIVES = 90;
  private static final int FILES_MAX = 75;

  @TempDir Path ground;

  @Test
  void keepsEveryRecordAndAJournalOfBoundedLength() throws IOException {
    Path store = ground.resolve("0");
    int most = 0;
    for (int life = 0; life < LIVES; life++) {
      Path crashed = ground.resolve(Integer.toString(life + 1));
      try (Tree tree = TreeOn.smallSegments(Stores.config(store))) {
        Stores.verifyContents(tree, life);
        Stores.fill(tree, life, life + 1);
        Directories.copy(store, crashed);
      }
      most = Math.max(most, Directories.files(crashed).size());
      Directories.delete(store);
      store = crashed;
    }
    assertTrue(most < FILES_MAX, most + " files");
  }
}
