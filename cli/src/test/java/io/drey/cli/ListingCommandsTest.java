package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ls} and {@code count} over a small tree of files. */
final class ListingCommandsTest {
  @TempDir Path scratch = Path.of("");

  private Path store = Path.of("");

  @BeforeEach
  void fill() {
    store = scratch.resolve("store");
    put("/a/", FileRecord.DIRECTORY | 0755, 4096);
    put("/a/b/", FileRecord.DIRECTORY | 01777, 4096);
    put("/a/b/x", FileRecord.REGULAR | 04755, 10);
    put("/a/b/y", FileRecord.SYMBOLIC_LINK | 0777, 3);
    put("/a/c", FileRecord.REGULAR | 0640, 123456789012L);
    CommandRun.in(store, "put", "/a/d/e", "plain");
    CommandRun.in(store, "put", "z", "last");
  }

  private void put(String key, int mode, long size) {
    byte[] value = new byte[FileRecord.BYTES];
    new FileRecord(size, 1_000_000_000L, mode, 0, 1000, 5).writeTo(ByteBuffer.wrap(value));
    CommandRun.in(store, "put", "--escape", key, ByteText.escape(value, 0, value.length));
  }

  @Nested
  final class Listing {
    @Test
    void rollsUpWhatIsBehindTheNextSlash() {
      assertEquals(new CommandRun(ExitCode.OK, "/\nz\n", ""), CommandRun.in(store, "ls"));
    }

    @Test
    void leavesTheDirectoryItselfOut() {
      assertEquals("/a/b/\n/a/c\n/a/d/\n", CommandRun.in(store, "ls", "/a/").out());
    }

    @Test
    void takesAnyPrefix() {
      assertEquals("/a/b/\n", CommandRun.in(store, "ls", "/a/b").out());
    }

    @Test
    void goesOnePageAfterTheOther() {
      assertEquals("/a/b/\n", CommandRun.in(store, "ls", "--limit", "1", "/a/").out());
      assertEquals(
          "/a/c\n/a/d/\n",
          CommandRun.in(store, "ls", "--limit", "5", "--after", "/a/b/", "/a/").out());
    }

    @Test
    void goesFromTheLastToTheFirstInReverse() {
      assertEquals("z\n/\n", CommandRun.in(store, "ls", "--reverse").out());
      assertEquals("/a/d/\n/a/c\n/a/b/\n", CommandRun.in(store, "ls", "--reverse", "/a/").out());
      assertEquals(
          "/a/d/e\n/a/c\n",
          CommandRun.in(store, "ls", "-r", "--reverse", "--limit", "2", "/").out());
      assertEquals(
          "/a/b/\n",
          CommandRun.in(store, "ls", "--reverse", "--limit", "5", "--after", "/a/c", "/a/").out());
    }

    @Test
    void listsAllLevelsWhereAsked() {
      assertEquals(
          "/a/\n/a/b/\n/a/b/x\n/a/b/y\n/a/c\n/a/d/e\n",
          CommandRun.in(store, "ls", "-r", "/").out());
    }

    @Test
    void showsDirectoriesWithTheirOwnRecord() {
      String out = CommandRun.in(store, "ls", "-l", "/a/").out();

      assertEquals(
          """
          drwxrwxrwt     0  1000         4096 DATE /a/b/
          -rw-r-----     0  1000 123456789012 DATE /a/c
          d?????????     -     -            -                - /a/d/
          """,
          out.replaceAll("2001-09-[0-9]{2} [0-9]{2}:[0-9]{2}", "DATE"));
    }

    @Test
    void showsTypesSpecialBitsAndForeignValues() {
      String out = CommandRun.in(store, "ls", "-lr", "/a/b/").out();

      assertTrue(out.contains("-rwsr-xr-x"), out);
      assertTrue(out.contains("lrwxrwxrwx"), out);
      assertEquals(
          "??????????     -     -            5                - /a/d/e\n",
          CommandRun.in(store, "ls", "-l", "/a/d/").out());
    }

    @Test
    void answersJsonLineByLine() {
      String out = CommandRun.in(store, "ls", "--json", "/a/").out();

      assertEquals(
          """
          {"key":"/a/b/","kind":"prefix","file":{"size":4096,"seconds":1000000000,"mode":17407,"uid":0,"gid":1000,"nanos":5}}
          {"key":"/a/c","kind":"record","file":{"size":123456789012,"seconds":1000000000,"mode":33184,"uid":0,"gid":1000,"nanos":5}}
          {"key":"/a/d/","kind":"prefix"}
          """,
          out);
    }

    @Test
    void answers1WhereNothingStartsWithThePrefix() {
      assertEquals(
          new CommandRun(ExitCode.FOUND, "", "drey: nothing starts with '/q'\n"),
          CommandRun.in(store, "ls", "/q"));
    }

    @Test
    void masksControlBytesOnATerminal() {
      CommandRun.in(store, "put", "esc\u001b[1m", "v");

      CommandRun run = CommandRun.onTerminal(CommandRun.withStore(store, "ls", "esc"));

      assertEquals("esc?[1m\n", run.out());
    }
  }

  @Nested
  final class Counting {
    @Test
    void countsRecordsAndBytesBelowAPrefix() {
      assertEquals(
          new CommandRun(ExitCode.OK, "3 records, " + bytesBelow() + " bytes\n", ""),
          CommandRun.in(store, "count", "/a/b/"));
    }

    @Test
    void countsEverythingWithoutOne() {
      String out = CommandRun.in(store, "count", "--json").out();

      assertTrue(out.startsWith("{\"prefix\":\"\",\"records\":7,\"bytes\":"), out);
    }

    @Test
    void countsNothingWhereNothingIs() {
      assertEquals(
          new CommandRun(ExitCode.OK, "0 records, 0 bytes\n", ""),
          CommandRun.in(store, "count", "/q"));
    }

    private int bytesBelow() {
      int keys = "/a/b/".length() + "/a/b/x".length() + "/a/b/y".length();
      return keys + 3 * FileRecord.BYTES;
    }
  }
}
