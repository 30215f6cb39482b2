package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dump} and {@code restore}. */
final class DumpCommandTest {
  @TempDir Path scratch = Path.of("");

  private Path store = Path.of("");
  private Path other = Path.of("");
  private Path dump = Path.of("");

  @BeforeEach
  void fill() {
    store = scratch.resolve("store");
    other = scratch.resolve("other");
    dump = scratch.resolve("dump");
    CommandRun.in(store, "put", "", "of the empty key");
    CommandRun.in(store, "put", "--escape", "a\\0\\tb\\n", "\\xff\\0");
    CommandRun.in(store, "put", "end", "");
    CommandRun.in(store, "put", "plain", "value");
  }

  private CommandRun restoreOther(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "restore";
    all[1] = dump.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return CommandRun.in(other, all);
  }

  private void write(String text) throws IOException {
    Files.write(dump, ByteText.bytes(text));
  }

  private String dumped() {
    return CommandRun.in(store, "dump").out();
  }

  @Nested
  final class ADump {
    @Test
    void isLinesOfText() {
      String[] lines = dumped().split("\n", -1);

      assertEquals("drey-dump 1", lines[0]);
      assertTrue(lines[1].startsWith("\tb2YgdGhlIGVtcHR5IGtleQ==\t"), lines[1]);
      assertTrue(lines[2].startsWith("a\\x00\\tb\\n\t/wA=\t"), lines[2]);
      assertTrue(lines[3].startsWith("end\t\t"), lines[3]);
      assertTrue(lines[5].startsWith("\\end\t4\t"), lines[5]);
      assertEquals(7, lines.length);
    }

    @Test
    void goesToAFileWhole() throws IOException {
      CommandRun run = CommandRun.in(store, "dump", dump.toString());

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith("dumped 4 records in "), run.out());
      assertEquals(dumped(), ByteText.of(Files.readAllBytes(dump)));
      assertTrue(Files.notExists(scratch.resolve("dump.partial")));
    }

    @Test
    void cannotGoWhereNoDirectoryIs() {
      CommandRun run = CommandRun.in(store, "dump", scratch.resolve("no/dump").toString());

      assertEquals(ExitCode.USAGE, run.exitCode());
      assertTrue(run.err().endsWith("no such file or directory\n"), run.err());
    }
  }

  @Nested
  final class ARestore {
    @Test
    void givesBackTheSameRecords() throws IOException {
      write(dumped());

      CommandRun run = restoreOther();

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith("restored 4 records in "), run.out());
      assertEquals(dumped(), CommandRun.in(other, "dump").out());
    }

    @Test
    void readsStandardInput() {
      CommandRun.fed(dumped(), CommandRun.withStore(other, "restore", "-"));

      assertEquals(dumped(), CommandRun.in(other, "dump").out());
    }

    @Test
    void refusesAStoreWithRecords() throws IOException {
      write(dumped());
      CommandRun.in(other, "put", "plain", "older");

      CommandRun run = restoreOther();

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertTrue(run.err().contains("--merge"), run.err());
      assertEquals("older", CommandRun.in(other, "get", "plain").out());
    }

    @Test
    void mergesWhereAsked() throws IOException {
      write(dumped());
      CommandRun.in(other, "put", "plain", "older");
      CommandRun.in(other, "put", "more", "kept");

      restoreOther("--merge");

      assertEquals("value", CommandRun.in(other, "get", "plain").out());
      assertEquals("kept", CommandRun.in(other, "get", "more").out());
    }
  }

  @Nested
  final class ADamagedDump {
    private void refusedAt(int line) {
      CommandRun run = restoreOther();

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertTrue(
          run.err().startsWith("drey: the dump is refused at line " + line + ": "), run.err());
      assertTrue(Files.notExists(other));
    }

    @Test
    void isRefusedWhereALineWasAltered() throws IOException {
      write(dumped().replace("plain", "plane"));

      refusedAt(5);
    }

    @Test
    void isRefusedWhereALineIsMissing() throws IOException {
      write(dumped().replaceFirst("end\t[^\n]*\n", ""));

      refusedAt(4);
    }

    @Test
    void isRefusedWhereALineComesTwice() throws IOException {
      write(dumped().replaceFirst("(end\t[^\n]*\n)", "$1$1"));

      refusedAt(5);
    }

    @Test
    void isRefusedWhereItWasCutAtALine() throws IOException {
      write(dumped().replaceFirst("\\\\end.*\n", ""));

      refusedAt(6);
    }

    @Test
    void isRefusedAtEveryLengthBelowTheWhole() throws IOException {
      String whole = dumped();
      for (int length = 0; length < whole.length(); length++) {
        write(whole.substring(0, length));

        assertEquals(ExitCode.FOUND, restoreOther().exitCode(), "cut to " + length);
      }
    }

    @Test
    void isRefusedForEveryByteThatChanged() throws IOException {
      String whole = dumped();
      for (int at = 0; at < whole.length(); at++) {
        StringBuilder changed = new StringBuilder(whole);
        changed.setCharAt(at, (char) (whole.charAt(at) ^ 1));
        write(changed.toString());

        assertEquals(ExitCode.FOUND, restoreOther().exitCode(), "byte " + at);
      }
      assertTrue(Files.notExists(other));
    }

    @Test
    void isRefusedWithSomethingBehindIt() throws IOException {
      write(dumped() + "x\n");

      refusedAt(7);
    }

    @Test
    void isRefusedWithAVersionToCome() throws IOException {
      write(dumped().replace("drey-dump 1", "drey-dump 2"));

      refusedAt(1);
    }

    @Test
    void isRefusedWhereItIsNoneAtAll() throws IOException {
      write("");

      refusedAt(1);
    }
  }
}
