package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code index} and the walk behind it. */
final class IndexCommandTest {
  @TempDir Path scratch = Path.of("");

  private Path store = Path.of("");
  private Path tree = Path.of("");

  @BeforeEach
  void makeFiles() throws IOException {
    store = scratch.resolve("store");
    tree = Files.createDirectory(scratch.resolve("tree"));
    Files.createDirectories(tree.resolve("deep/er"));
    Files.write(tree.resolve("deep/er/file"), new byte[11]);
    Files.createSymbolicLink(tree.resolve("loop"), tree);
    Files.createFile(BytePaths.absolute(tree + "/\u00ff\u00fe"));
    Files.createFile(BytePaths.absolute(tree + "/\u00c3\u00a9 ?"));
  }

  @Nested
  final class AnIndex {
    @Test
    void hasARecordForEveryFileDirectoryAndLink() {
      CommandRun run = CommandRun.in(store, "index", tree.toString());

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith("indexed 7 records in "), run.out());
      String listed = CommandRun.in(store, "ls", "-r", tree.toString()).out();
      assertEquals(
          List.of(
              "/",
              "/deep/",
              "/deep/er/",
              "/deep/er/file",
              "/loop",
              "/\u00c3\u00a9 ?",
              "/\u00ff\u00fe"),
          listed.lines().map(line -> line.substring(tree.toString().length())).toList());
    }

    @Test
    void tellsSizeAndKind() {
      CommandRun.in(store, "index", tree.toString());

      String file = CommandRun.in(store, "ls", "-l", tree + "/deep/er/").out();
      String link = CommandRun.in(store, "ls", "-l", tree + "/loop").out();

      assertTrue(file.startsWith("-") && file.contains(" 11 "), file);
      assertTrue(link.startsWith("l"), link);
    }

    @Test
    void makesItsStartAbsoluteAndPlain() {
      CommandRun.in(store, "index", tree + "/deep/../deep/./er");

      assertEquals(
          tree + "/deep/er/\n" + tree + "/deep/er/file\n", CommandRun.in(store, "ls", "-r").out());
    }

    @Test
    void takesALinkForALinkUnlessItEndsInASlash() {
      assertTrue(
          CommandRun.in(store, "index", tree + "/loop").out().startsWith("indexed 1 records"));
      assertTrue(
          CommandRun.in(store, "index", tree + "/loop/").out().startsWith("indexed 7 records"));
    }

    @Test
    void countsAcknowledgements() throws IOException {
      Path acks = scratch.resolve("acks");

      CommandRun.in(store, "index", tree.toString(), "--ack", acks.toString());

      assertEquals(7, AckCounter.read(acks));
    }

    @Test
    void answersJson() {
      String out = CommandRun.in(store, "index", "--json", tree.toString()).out();

      assertTrue(out.matches("\\{\"records\":7,\"seconds\":[0-9.]+,\"unreadable\":\\[]}\n"), out);
    }

    @Test
    void needsAStart() {
      CommandRun run = CommandRun.in(store, "index", tree + "/no");

      assertEquals(
          new CommandRun(ExitCode.USAGE, "", "drey: there is no '" + tree + "/no' to index\n"),
          run);
    }

    @Test
    void reportsWhatItCannotReadAtItsEnd() throws IOException {
      Path closed = Files.createDirectory(tree.resolve("closed"));
      Files.setPosixFilePermissions(closed, Set.of());
      assumeTrue(!Files.isReadable(closed), "this user may read everything");

      CommandRun run = CommandRun.in(store, "index", tree.toString());

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertTrue(run.out().startsWith("indexed 8 records in "), run.out());
      assertEquals("drey: cannot read " + closed + "/: permission denied\n", run.err());
    }
  }

  @Nested
  final class AWalk {
    @ParameterizedTest
    @ValueSource(strings = {"/dev", "/etc"})
    void listsWhatFindLists(String start) throws Exception {
      assumeTrue(Files.isDirectory(Path.of(start)) && Files.exists(Path.of("/usr/bin/find")));

      List<String> walked = new ArrayList<>();
      FileTree.walk(
          Path.of(start).toRealPath(),
          new FileTree.Visitor() {
            @Override
            public void file(byte[] key, FileRecord record) {
              walked.add(ByteText.of(key));
            }

            @Override
            public boolean stopped() {
              return false;
            }
          });

      List<String> found = new ArrayList<>(found(start));
      walked.replaceAll(key -> key.length() > 1 ? key.replaceFirst("/$", "") : key);
      found.sort(null);
      walked.sort(null);
      assertEquals(found, walked);
    }

    private List<String> found(String start) throws Exception {
      Process find =
          new ProcessBuilder(
                  "find", start, "-xdev", "(", "-type", "f", "-o", "-type", "d", "-o", "-type", "l",
                  ")")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = ByteText.of(find.getInputStream().readAllBytes());
      return out.lines().toList();
    }

    @Test
    void endsWhereItIsTold() throws IOException {
      List<String> walked = new ArrayList<>();

      FileTree.walk(
          tree,
          new FileTree.Visitor() {
            @Override
            public void file(byte[] key, FileRecord record) {
              walked.add(ByteText.of(key));
            }

            @Override
            public boolean stopped() {
              return walked.size() == 2;
            }
          });

      assertEquals(List.of(tree + "/", tree + "/deep/"), walked);
    }
  }
}
