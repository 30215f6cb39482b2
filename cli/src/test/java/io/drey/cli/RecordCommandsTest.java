package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code get}, {@code put}, {@code rm} and {@code mv}. */
final class RecordCommandsTest {
  @TempDir Path scratch = Path.of("");

  private Path store = Path.of("");

  @BeforeEach
  void nameTheStore() {
    store = scratch.resolve("store");
  }

  @Nested
  final class WithoutAStore {
    @Test
    void readingSaysHowToMakeOne() {
      CommandRun run = CommandRun.in(store, "get", "colour");

      assertEquals(ExitCode.STORE, run.exitCode());
      assertTrue(run.err().startsWith("drey: there is no store in '" + store + "'"), run.err());
      assertEquals(1, run.err().lines().count());
    }

    @Test
    void removingMakesNone() {
      CommandRun run = CommandRun.in(store, "rm", "colour");

      assertEquals(ExitCode.STORE, run.exitCode());
      assertTrue(Files.notExists(store));
    }

    @Test
    void puttingMakesOne() {
      assertEquals(new CommandRun(ExitCode.OK, "", ""), CommandRun.in(store, "put", "k", "v"));

      assertEquals("v", CommandRun.in(store, "get", "k").out());
    }
  }

  @Nested
  final class WithARecord {
    @BeforeEach
    void put() {
      assertEquals(ExitCode.OK, CommandRun.in(store, "put", "colour", "blue").exitCode());
    }

    @Test
    void getPrintsTheBytesOfTheValueAndNothingElse() {
      assertEquals(new CommandRun(ExitCode.OK, "blue", ""), CommandRun.in(store, "get", "colour"));
    }

    @Test
    void getEndsTheLineOnATerminal() {
      CommandRun run = CommandRun.onTerminal(CommandRun.withStore(store, "get", "colour"));

      assertEquals("blue\n", run.out());
    }

    @Test
    void getShowsBytesInHexadecimalOnATerminal() {
      CommandRun.in(store, "put", "bell", "\7\u00ff");

      CommandRun run = CommandRun.onTerminal(CommandRun.withStore(store, "get", "bell"));

      assertEquals("07ff\n", run.out());
    }

    @Test
    void getOfAnAbsentKeyAnswers1() {
      CommandRun run = CommandRun.in(store, "get", "form");

      assertEquals(new CommandRun(ExitCode.FOUND, "", "drey: there is no key 'form'\n"), run);
    }

    @Test
    void getAnswersJson() {
      String out = CommandRun.in(store, "get", "colour", "--json").out();

      assertTrue(
          out.matches("\\{\"key\":\"colour\",\"value\":\"blue\",\"version\":[0-9]+}\n"), out);
    }

    @Test
    void putReplaces() {
      CommandRun.in(store, "put", "colour", "red");

      assertEquals("red", CommandRun.in(store, "get", "colour").out());
    }

    @Test
    void putIfAbsentLeavesItAlone() {
      CommandRun run = CommandRun.in(store, "put", "--if-absent", "colour", "red");

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertEquals("drey: there is a value already for 'colour'\n", run.err());
      assertEquals("blue", CommandRun.in(store, "get", "colour").out());
    }

    @Test
    void putTakesTheValueFromStandardInput() {
      CommandRun.fed("a\0b\n", CommandRun.withStore(store, "put", "input"));

      assertEquals("a\0b\n", CommandRun.in(store, "get", "input").out());
    }

    @Test
    void putTakesTheValueFromAFile() throws Exception {
      Path file = Files.write(scratch.resolve("value"), new byte[] {0, -1, 7});

      CommandRun.in(store, "put", "file", "--file", file.toString());

      assertEquals("\0\u00ff\7", CommandRun.in(store, "get", "file").out());
    }

    @Test
    void putCountsItsAcknowledgement() throws Exception {
      Path acks = scratch.resolve("acks");

      CommandRun.in(store, "put", "x", "y", "--ack", acks.toString());

      assertEquals(1, AckCounter.read(acks));
    }

    @Test
    void rmDeletes() {
      assertEquals(new CommandRun(ExitCode.OK, "", ""), CommandRun.in(store, "rm", "colour"));

      assertEquals(ExitCode.FOUND, CommandRun.in(store, "get", "colour").exitCode());
    }

    @Test
    void rmDeletesWhatIsThereAndTellsWhatIsNot() {
      CommandRun run = CommandRun.in(store, "rm", "form", "colour", "--json");

      assertEquals(
          new CommandRun(
              ExitCode.FOUND, "{\"deleted\":1,\"absent\":1}\n", "drey: there is no key 'form'\n"),
          run);
    }

    @Test
    void rmByForceIsSatisfiedWithAnAbsentKey() {
      assertEquals(new CommandRun(ExitCode.OK, "", ""), CommandRun.in(store, "rm", "-f", "form"));
    }

    @Test
    void mvRenames() {
      assertEquals(
          new CommandRun(ExitCode.OK, "", ""), CommandRun.in(store, "mv", "colour", "paint"));

      assertEquals("blue", CommandRun.in(store, "get", "paint").out());
      assertEquals(ExitCode.FOUND, CommandRun.in(store, "get", "colour").exitCode());
    }

    @Test
    void mvDoesNotReplaceUnlessForced() {
      CommandRun.in(store, "put", "paint", "red");

      CommandRun refused = CommandRun.in(store, "mv", "colour", "paint");
      CommandRun forced = CommandRun.in(store, "mv", "--force", "colour", "paint");

      assertEquals(
          new CommandRun(
              ExitCode.FOUND, "", "drey: 'paint' is there already: --force replaces it\n"),
          refused);
      assertEquals(ExitCode.OK, forced.exitCode());
      assertEquals("blue", CommandRun.in(store, "get", "paint").out());
    }

    @Test
    void mvOfAnAbsentKeyAnswers1() {
      assertEquals(
          new CommandRun(ExitCode.FOUND, "", "drey: there is no key 'form'\n"),
          CommandRun.in(store, "mv", "form", "paint"));
    }
  }

  @Nested
  final class KeysAreBytes {
    @Test
    void notCharacters() {
      CommandRun.in(store, "put", "\u00ff\u00fe", "\u00c3");

      assertEquals("\u00c3", CommandRun.in(store, "get", "\u00ff\u00fe").out());
    }

    @Test
    void asEscapesWhereAsked() {
      CommandRun.in(store, "put", "--escape", "a\\x00b\\\\", "\\xff\\n");

      assertEquals("\\xff\\n\n", CommandRun.in(store, "get", "--escape", "a\\0b\\\\").out());
      assertEquals("a\\x00b\\\\\n", CommandRun.in(store, "ls", "--escape").out());
    }

    @Test
    void andABadEscapeIsRefused() {
      CommandRun run = CommandRun.in(store, "put", "--escape", "a\\q", "v");

      assertEquals(ExitCode.USAGE, run.exitCode());
      assertTrue(run.err().startsWith("drey: bad escape in 'a\\q'"), run.err());
    }

    @Test
    void inBase64WhereJsonCannotHoldThem() {
      CommandRun.in(store, "put", "\u00ff", "v");

      String out = CommandRun.in(store, "get", "--json", "\u00ff").out();

      assertTrue(out.startsWith("{\"keyBase64\":\"/w==\",\"value\":\"v\","), out);
    }

    @Test
    void emptyOnesIncluded() {
      CommandRun.in(store, "put", "", "empty");

      assertEquals("empty", CommandRun.in(store, "get", "").out());
    }

    @Test
    void thatMayStartWithADashOrAnAtSign() {
      CommandRun.in(store, "put", "--", "-k", "@v");

      assertEquals("@v", CommandRun.in(store, "get", "--", "-k").out());
    }
  }
}
