package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own shows: the locale, the environment and signals. */
final class ProcessTest {
  private static final int TERMINATED = 128 + 15;

  @TempDir Path scratch = Path.of("");

  @BeforeEach
  void needsAShell() {
    assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")) && Files.exists(Path.of("/proc/self/cmdline")));
  }

  /** The command as words of a shell. */
  static String drey() {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String modules = System.getProperty("jdk.module.path");
    // Beside modules, too: libraries without a descriptor find there what they need.
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    if (modules == null) {
      words.add(Drey.class.getName());
    } else {
      words.addAll(List.of("-p", modules, "-m", "io.drey.cli/" + Drey.class.getName()));
    }
    return "'" + String.join("' '", words) + "'";
  }

  private Process shell(String locale, String script) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", script);
    builder.environment().put("LC_ALL", locale);
    builder.environment().put("DREY_STORE", scratch.resolve("store").toString());
    return builder.directory(scratch.toFile()).redirectErrorStream(true).start();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POSIX", "C.UTF-8", "en_US", "no_SUCH"})
  void argumentsFileNamesAndOutputAreBytesUnderEveryLocale(String locale) throws Exception {
    String script =
        "k=$(printf 'k\\377\\303\\251'); d=$(printf 'd\\376'); mkdir $d; touch $d/$k; cd $d;"
            + (drey() + " put $k $k && ")
            + (drey() + " index . > /dev/null && ")
            + (drey() + " get $k && ")
            + (drey() + " ls k");

    Process process = shell(locale, script);
    String out = ByteText.of(process.getInputStream().readAllBytes());

    assertEquals("k\u00ff\u00c3\u00a9" + "k\u00ff\u00c3\u00a9\n", out);
    assertEquals(0, process.waitFor());
    assertEquals(
        scratch + "/d\u00fe/\n" + scratch + "/d\u00fe/k\u00ff\u00c3\u00a9\n",
        CommandRun.in(scratch.resolve("store"), "ls", "-r", scratch.toString()).out());
  }

  @Test
  void aTerminatedLoadClosesItsStoreAndSaysSo() throws Exception {
    Path acks = scratch.resolve("acks");
    Process process = shell("C", "exec " + drey() + " load - --ack " + acks);
    OutputStream input = process.getOutputStream();
    long fed = 0;
    while (AckCounter.read(acks) == 0 && process.isAlive()) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 20_000; i++) {
        lines.append("some/path/").append(fed++).append('\n');
      }
      input.write(ByteText.bytes(lines.toString()));
      input.flush();
    }

    process.toHandle().destroy();
    String out = ByteText.of(process.getInputStream().readAllBytes());

    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(TERMINATED, process.exitValue(), out);
    long acknowledged = AckCounter.read(acks);
    String expected =
        "drey: stopped by a signal after " + acknowledged + " records; the store is closed";
    assertTrue(out.contains(expected), out);
    String count = CommandRun.in(scratch.resolve("store"), "count").out();
    assertTrue(count.startsWith(acknowledged + " records, "), count);
  }
}
