package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code stats}, {@code check}, {@code compact}, {@code checkpoint}, and the command line itself.
 */
final class MaintenanceCommandsTest {
  @TempDir Path scratch = Path.of("");

  private Path store = Path.of("");

  @BeforeEach
  void fill() {
    store = scratch.resolve("store");
    CommandRun.in(store, "put", "k", "v");
  }

  @Nested
  final class ASoundStore {
    @Test
    void isFoundSound() {
      assertEquals(
          new CommandRun(ExitCode.OK, "sound: 1 records\n", ""), CommandRun.in(store, "check"));
      assertEquals(
          "{\"sound\":true,\"records\":1,\"violations\":[]}\n",
          CommandRun.in(store, "check", "--json").out());
    }

    @Test
    void tellsItsStatistics() {
      CommandRun run = CommandRun.in(store, "stats", "--blobs");

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().matches("(?s)records +1\nblobs +1\n.*pool bytes limit +[0-9,]+\n.*"));
    }

    @Test
    void tellsItsStatisticsAsJson() {
      String out = CommandRun.in(store, "stats", "--json", "--blobs").out();

      assertTrue(out.startsWith("{\"records\":1,\"blobs\":[{\"id\":"), out);
      assertTrue(out.endsWith("}\n"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint", "compact"})
    void keepsItsRecordsThroughMaintenance(String command) {
      CommandRun run = CommandRun.in(store, command);

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith(command + " done: "), run.out());
      assertEquals("v", CommandRun.in(store, "get", "k").out());
    }
  }

  @Nested
  final class TheCommandLine {
    @Test
    void withoutACommandShowsHelpAndAnswers2() {
      CommandRun run = CommandRun.drey();

      assertEquals(ExitCode.USAGE, run.exitCode());
      assertTrue(run.err().startsWith("Usage: drey "), run.err());
      assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "index",
          "load",
          "ls",
          "get",
          "put",
          "rm",
          "mv",
          "count",
          "stats",
          "check",
          "compact",
          "checkpoint",
          "dump",
          "restore",
          "verify",
          "acked",
          "jfr",
          "profile"
        })
    void helpsWithEveryCommand(String command) {
      CommandRun run = CommandRun.drey("help", command);

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith("Usage: drey " + command), run.out());
      assertTrue(run.out().contains("Example"), run.out());
      assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
      assertEquals(run.out(), CommandRun.drey(command, "--help").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"report", "view", "tail"})
    void helpsWithTheCommandsOfACommand(String command) {
      CommandRun run = CommandRun.drey("help", "jfr", command);

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith("Usage: drey jfr " + command), run.out());
      assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
      assertEquals(run.out(), CommandRun.drey("jfr", command, "--help").out());
    }

    @Test
    void tellsItsVersion() {
      assertTrue(CommandRun.drey("--version").out().startsWith("drey "));
    }

    @Test
    void takesTheStoreBeforeAndAfterTheCommand() {
      assertEquals("v", CommandRun.drey("--store", store.toString(), "get", "k").out());
      assertEquals("v", CommandRun.drey("get", "k", "-s", store.toString()).out());
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "frob",
          "get",
          "ls --nope",
          "ls --pool 3x",
          "ls --pool 1m",
          "ls --limit -1",
          "put k v --durability maybe",
          "put k v --storage paper",
          "help frob",
          "help jfr frob",
          "jfr frob",
          "jfr view forces",
          "jfr view forces x --limit 0",
          "jfr tail x --seconds 0",
          "profile",
          "profile --settings some ls",
          "put k v --file f",
          "ls a b",
          "load f --generation -1"
        })
    void refusesWhatItDoesNotKnowInAFewWords(String line) {
      CommandRun run = CommandRun.drey((line + " --store " + store).split(" "));

      assertEquals(ExitCode.USAGE, run.exitCode());
      assertTrue(run.err().startsWith("drey: "), run.err());
      assertTrue(run.err().lines().count() <= 2, run.err());
      assertEquals("", run.out());
    }

    @Test
    void takesDurabilityInAnyCase() {
      for (String durability : new String[] {"none", "os", "SYNC"}) {
        CommandRun run = CommandRun.in(store, "put", "d", durability, "--durability", durability);

        assertEquals(new CommandRun(ExitCode.OK, "", ""), run);
        assertEquals(durability, CommandRun.in(store, "get", "d").out());
      }
    }

    @Test
    void opensOneStoreByEitherKindOfStorage() {
      for (String storage : new String[] {"mapped", "direct", "MAPPED"}) {
        CommandRun run = CommandRun.in(store, "put", "s", storage, "--storage", storage);

        assertEquals(new CommandRun(ExitCode.OK, "", ""), run);
        assertEquals(storage, CommandRun.in(store, "get", "s").out());
        assertEquals(storage, CommandRun.in(store, "get", "s", "--storage", "mapped").out());
      }
    }
  }
}
