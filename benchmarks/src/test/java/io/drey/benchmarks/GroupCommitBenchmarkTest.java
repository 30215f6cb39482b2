package io.drey.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison runs every target; no time is asserted. */
class GroupCommitBenchmarkTest {
  @TempDir Path ground;

  @Test
  void reportsOneLineForEachTargetAndLeavesNothingBehind() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    CommitOptions options =
        CommitOptions.of("threads=1,3", "measure=5", "repeats=1", "dir=" + ground);
    new GroupCommitBenchmark(options, new PrintStream(printed, true, UTF_8)).run();
    List<String> lines = printed.toString(UTF_8).lines().toList();
    assertEquals(1 + 2 * 2 * 3, lines.size());
    for (String line : lines.subList(1, lines.size())) {
      assertTrue(
          line.matches("(platform|virtual) +[13] +(bare|journal|tree)( +[0-9]+([.][0-9]+)?){7}"),
          line);
    }
    try (var left = Files.list(ground)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void commitsToABareFileThatIsBegunAnewWhenItIsFull() throws IOException, InterruptedException {
    int recordBytes = 1000;
    int fileBytes = 8192;
    try (BareCommits bare = new BareCommits(ground.resolve("bare"), fileBytes, recordBytes)) {
      CommitRun run =
          CommitRun.of(bare, Thread.ofPlatform().factory(), 4, TimeUnit.MILLISECONDS.toNanos(50));
      assertTrue(run.commits() >= 4);
      assertTrue(run.forces() > 0);
      assertEquals(run.commits(), run.latencies().getTotalCount());
    }
  }

  @Test
  void refusesOptionsThatAreNotUnderstoodWithTheUsage() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> CommitOptions.of("speed=high"));
    assertTrue(String.valueOf(refusal.getMessage()).contains("threads="));
    assertThrows(IllegalArgumentException.class, () -> CommitOptions.of("body=8"));
    assertThrows(IllegalArgumentException.class, () -> CommitOptions.of("threads=4,0"));
    assertThrows(IllegalArgumentException.class, () -> CommitOptions.of("threads=1001"));
  }
}
