package io.drey.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Durability;
import io.drey.Tree;
import io.drey.testing.ChildProcess;
import io.drey.testing.Stores;
import io.drey.testing.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process killed while it writes. */
@Tag("both-sizes")
class KilledProcessTest {
  private static final int LIVES = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path ground;

  @ParameterizedTest
  @EnumSource(
      value = Durability.class,
      names = {"OS", "SYNC"})
  void leavesEverythingThatItAcknowledged(Durability durability) {
    Watchdog.within(PATIENCE, () -> killAgainAndAgain(durability));
  }

  private void killAgainAndAgain(Durability durability) throws Exception {
    Path directory = ground.resolve("store");
    int records = 0;
    for (int life = 0; life < LIVES; life++) {
      int acknowledged = records - 1;
      int wanted = records + (durability == Durability.SYNC ? 400 : 1_700) * (life + 1);
      try (ChildProcess child =
          ChildProcess.start(
              StoreWriter.class,
              directory.toString(),
              durability.name(),
              String.valueOf(records))) {
        while (acknowledged < wanted) {
          String line = child.line();
          assertNotNull(line, "the writer ended by itself");
          acknowledged = Integer.parseInt(line);
        }
        child.kill();
        for (String line = child.line(); line != null; line = child.line()) {
          acknowledged = line.isEmpty() ? acknowledged : Integer.parseInt(line);
        }
      }
      records = verify(directory, acknowledged);
    }
  }

  /** Returns how many records there are: all acknowledged ones, and perhaps the one in flight. */
  private static int verify(Path directory, int acknowledged) {
    try (Tree tree = Tree.open(Stores.config(directory))) {
      assertEquals(List.of(), tree.check());
      tree.delete(new byte[] {'~'});
      NavigableMap<byte[], byte[]> contents = Stores.contents(tree);
      assertTrue(
          contents.size() == acknowledged + 1 || contents.size() == acknowledged + 2,
          contents.size() + " records after " + (acknowledged + 1) + " acknowledged ones");
      for (int number = 0; number < contents.size(); number++) {
        assertTrue(Arrays.equals(Stores.value(number), contents.get(Stores.key(number))));
      }
      return contents.size();
    }
  }
}
