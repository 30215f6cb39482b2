package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code load}, {@code acked} and {@code verify}. */
final class LoadCommandTest {
  private static final int LINES = 5_000;

  @TempDir Path scratch = Path.of("");

  private Path store = Path.of("");
  private Path lines = Path.of("");
  private Path acks = Path.of("");

  @BeforeEach
  void writeLines() throws IOException {
    store = scratch.resolve("store");
    acks = scratch.resolve("acks");
    lines = Files.write(scratch.resolve("lines"), text(LINES));
  }

  private static byte[] text(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("dir-").append(i % 7).append("/\u00ff-").append(i).append('\n');
    }
    return ByteText.bytes(text.toString());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(bytes);
    }
    return target.toByteArray();
  }

  private CommandRun load(String... more) {
    return CommandRun.in(store, join("load", lines.toString(), more));
  }

  private CommandRun verify(String... more) {
    String[] all = join("verify", lines.toString(), more);
    return CommandRun.in(store, join(all[0], "--ack", concat(acks.toString(), all)));
  }

  private void acknowledge(long count) throws IOException {
    try (AckCounter counter = AckCounter.start(acks)) {
      counter.acknowledge(count);
    }
  }

  private static String[] concat(String first, String[] all) {
    String[] rest = all.clone();
    rest[0] = first;
    return rest;
  }

  private static String[] join(String first, String second, String... more) {
    String[] all = new String[more.length + 2];
    all[0] = first;
    all[1] = second;
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }

  @Nested
  final class ALoad {
    @Test
    void storesEveryLineAsAKeyOfBytes() {
      CommandRun run = load();

      assertEquals(ExitCode.OK, run.exitCode());
      assertTrue(run.out().startsWith("loaded 5,000 records in "), run.out());
      assertTrue(CommandRun.in(store, "count", "dir-").out().startsWith(LINES + " records, "));
      assertEquals(ExitCode.OK, CommandRun.in(store, "get", "dir-3/\u00ff-3").exitCode());
    }

    @Test
    void makesTheValueFromTheNumberOfTheLine() {
      load();

      String value = CommandRun.in(store, "get", "--hex", "dir-2/\u00ff-2").out();

      assertEquals(
          "0008000000000000" + "02f1536500000000" + "a4010000e8030000e803000001000000\n", value);
    }

    @Test
    void recognisesGzipInSeveralMembers() throws IOException {
      byte[] all = text(10);
      ByteArrayOutputStream members = new ByteArrayOutputStream();
      members.write(gzip(Arrays.copyOfRange(all, 0, 33)));
      members.write(gzip(Arrays.copyOfRange(all, 33, all.length)));
      Files.write(lines, members.toByteArray());

      load();

      assertTrue(CommandRun.in(store, "count").out().startsWith("10 records, "));
    }

    @Test
    void readsStandardInputAndALastLineWithoutItsEnd() {
      CommandRun.fed("a\n\nb", CommandRun.withStore(store, "load", "-"));

      assertEquals("\na\nb\n", CommandRun.in(store, "ls").out());
    }

    @Test
    void countsAcknowledgements() {
      load("--ack", acks.toString());

      assertEquals(
          new CommandRun(ExitCode.OK, "5000\n", ""), CommandRun.drey("acked", acks.toString()));
      assertEquals(
          "{\"acknowledged\":5000}\n", CommandRun.drey("acked", "--json", acks.toString()).out());
    }

    @Test
    void deletesWhereAsked() {
      load();

      CommandRun run = load("--delete");

      assertTrue(run.out().startsWith("deleted 5,000 records in "), run.out());
      assertEquals("0 records, 0 bytes\n", CommandRun.in(store, "count").out());
    }

    @Test
    void answersJson() {
      assertTrue(load("--json").out().startsWith("{\"records\":5000,\"seconds\":"));
    }

    @Test
    void namesTheLineThatCannotBeStored() throws IOException {
      Files.write(lines, ByteText.bytes("a\n" + "b".repeat(70_000) + "\n"));

      CommandRun run = load();

      assertEquals(ExitCode.STORE, run.exitCode());
      assertTrue(run.err().startsWith("drey: line 2: "), run.err());
    }

    @Test
    void refusesAFileThatIsNotThere() {
      CommandRun run = CommandRun.in(store, "load", scratch.resolve("no").toString());

      assertEquals(ExitCode.USAGE, run.exitCode());
      assertTrue(run.err().endsWith("no such file or directory\n"), run.err());
      assertTrue(Files.notExists(store));
    }
  }

  @Nested
  final class AVerification {
    @Test
    void findsAFinishedLoadSound() {
      load("--ack", acks.toString(), "--generation", "3");

      assertEquals(
          new CommandRun(ExitCode.OK, "sound: 5000 records acknowledged, 5000 found\n", ""),
          verify("--generation", "3"));
    }

    @Test
    void findsAMissingRecord() {
      load("--ack", acks.toString());
      CommandRun.in(store, "rm", "dir-3/\u00ff-3");

      CommandRun run = verify();

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertTrue(
          run.out()
              .contains("line 4 is the first that is not as loaded, though 5000 were acknowledged"),
          run.out());
      assertTrue(run.out().contains("line 5 is as loaded, though line 4 is not"), run.out());
    }

    @Test
    void followsADeletion() {
      String history = scratch.resolve("history").toString();
      load("--ack", acks.toString());
      verify("--history", history);
      load("--ack", acks.toString(), "--delete");

      assertEquals(ExitCode.FOUND, verify("--history", history).exitCode());
      assertEquals(ExitCode.OK, verify("--history", history, "--deleted").exitCode());
    }

    @Test
    void findsARecordThatWasNeverAcknowledged() throws IOException {
      load("--ack", acks.toString());
      acknowledge(4_998);

      CommandRun run = verify();

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertTrue(
          run.out().startsWith("line 5000 is as loaded, though only 4998 were acknowledged\n"),
          run.out());
    }

    @Test
    void allowsForOneRecordInFlight() throws IOException {
      load("--ack", acks.toString());
      acknowledge(4_999);

      assertEquals(ExitCode.OK, verify().exitCode());
    }

    @Test
    void findsAValueThatNoLoadWrote() {
      load("--ack", acks.toString());
      CommandRun.in(store, "put", "dir-3/\u00ff-3", "else");

      CommandRun run = verify();

      assertEquals(ExitCode.FOUND, run.exitCode());
      assertTrue(
          run.out().contains("line 4 is a value of no generation, expected absent"), run.out());
    }

    @Test
    void findsARecordThatNoLineHas() {
      load("--ack", acks.toString());
      CommandRun.in(store, "put", "other", "v");

      assertTrue(
          verify().out().contains("the store counts 5001 records, the lines account for 5000"));
    }

    @Test
    void knowsFromItsHistoryWhatAnInterruptedLoadLeftAlone() throws IOException {
      String history = scratch.resolve("history").toString();
      load("--ack", acks.toString(), "--generation", "1");
      verify("--generation", "1", "--history", history);
      Path half = Files.write(scratch.resolve("half"), text(2_000));
      CommandRun.in(store, "load", half.toString(), "--ack", acks.toString(), "--generation", "2");

      CommandRun sound = verify("--generation", "2", "--history", history, "--recover");
      CommandRun.in(store, "load", half.toString(), "--ack", acks.toString(), "--generation", "9");
      CommandRun stale = verify("--generation", "3", "--history", history);

      assertEquals(
          new CommandRun(ExitCode.OK, "sound: 2000 records acknowledged, 2000 found\n", ""), sound);
      assertEquals(ExitCode.FOUND, stale.exitCode());
      assertTrue(
          stale.out().contains("line 1 is generation 9, expected generation 2"), stale.out());
    }
  }
}
