package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code profile}, in a process of its own: it starts another like itself. */
final class ProfileCommandTest {
  @TempDir Path scratch = Path.of("");

  @BeforeEach
  void needsAShell() {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")) && Files.exists(Path.of("/proc/self/cmdline")));
  }

  private Process profile(String rest) throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", "exec " + ProcessTest.drey() + " profile " + rest)
        .directory(scratch.toFile())
        .start();
  }

  @Test
  void runsACommandAndKeepsItsRecording() throws Exception {
    Process process = profile("--store s put key value");
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());

    assertEquals(0, process.waitFor(), err);
    assertEquals("", out);
    assertTrue(err.startsWith("The store: "), err);
    assertTrue(err.endsWith("drey: the recording is in 'drey-profile.jfr'\n"), err);
    assertEquals("value", CommandRun.in(scratch.resolve("s"), "get", "key").out());
    String recording = scratch.resolve("drey-profile.jfr").toString();
    String checkpoints = CommandRun.drey("jfr", "view", "checkpoints", recording).out();
    assertTrue(checkpoints.contains(" Close "), checkpoints);
  }

  @Test
  void answersWhatTheCommandAnswers() throws Exception {
    CommandRun.in(scratch.resolve("s"), "put", "key", "value");

    Process process = profile("-o other.jfr --store s get absent");
    String err = new String(process.getErrorStream().readAllBytes());

    assertEquals(ExitCode.FOUND, process.waitFor(), err);
    assertTrue(Files.exists(scratch.resolve("other.jfr")));
  }

  @Test
  void reportsOnAnyProgramThatStartsAJvm() throws Exception {
    Process process =
        profile(
            "-o p.jfr -- /bin/sh -c \"'$JAVA' -version; exit 7\""
                .replace(
                    "$JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString()));

    String err = new String(process.getErrorStream().readAllBytes());

    assertEquals(7, process.waitFor(), err);
    assertTrue(Files.exists(scratch.resolve("p.jfr")), err);
  }

  @Test
  void saysSoWhenNothingWasRecorded() throws Exception {
    Process process = profile("-- /bin/sh -c 'exit 3'");

    String err = new String(process.getErrorStream().readAllBytes());

    assertEquals(3, process.waitFor());
    assertTrue(err.startsWith("drey: nothing was recorded: "), err);
    assertFalse(Files.exists(scratch.resolve("drey-profile.jfr")));
  }

  @Test
  void reportsAfterASignalToo() throws Exception {
    Process process = profile("--store s --output p.jfr load - --ack acks");
    OutputStream input = process.getOutputStream();
    while (AckCounter.read(scratch.resolve("acks")) == 0 && process.isAlive()) {
      input.write(ByteText.bytes("some/path\n".repeat(20_000)));
      input.flush();
    }

    process.toHandle().destroy();
    String err = new String(process.getErrorStream().readAllBytes());

    assertEquals(128 + 15, process.waitFor(), err);
    assertTrue(err.contains("drey: stopped by a signal after "), err);
    assertTrue(err.endsWith("drey: the recording is in 'p.jfr'\n"), err);
  }

  @Test
  void refusesACommandThatThereIsNot() {
    assertEquals(
        new CommandRun(
            ExitCode.USAGE,
            "",
            "drey: there is no command 'lod'; for another program write drey profile -- lod\n"),
        CommandRun.drey("profile", "lod", "x"));
  }
}
