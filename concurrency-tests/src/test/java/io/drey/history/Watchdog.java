package io.drey.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Follows a child process from outside. When what it says of its progress stands still for too
 * long, the threads of the child are written down, virtual ones too, and the child is killed.
 */
final class Watchdog {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long DUMP_SECONDS = 20;
  private static final int LINES_MAX = 400;

  /** How a child ended. */
  enum Ending {
    WELL,
    WRONG,
    HANG
  }

  /**
   * What came of a child.
   *
   * @param output what it said but for its beats, and for a hang its threads
   */
  record Result(Ending ending, String output) {
    /** The report of a run that ended well. */
    Report report() {
      return output
          .lines()
          .filter(line -> line.startsWith(Child.REPORT))
          .map(line -> Report.parse(line.substring(Child.REPORT.length())))
          .reduce(Report.NOTHING, Report::plus);
    }
  }

  private final Duration patience;
  private final List<String> output = new ArrayList<>();
  private String lastBeat = "";
  private long lastMove;

  Watchdog(Duration patience) {
    this.patience = patience;
  }

  /**
   * Starts a class's {@code main} with these arguments and follows it to its end.
   *
   * @param options options of the JVM
   */
  Result follow(Class<?> main, List<String> options, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(tool("java").toString());
    command.add("-ea");
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    lastMove = System.nanoTime();
    Thread reader = Thread.ofPlatform().daemon().name("child's output").start(() -> read(process));
    try {
      while (!process.waitFor(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
        if (isStill()) {
          String dump = dump(process.pid());
          process.destroyForcibly().waitFor();
          reader.join();
          return new Result(
              Ending.HANG,
              "no progress for %s since '%s'\n%s\n%s".formatted(patience, beat(), said(), dump));
        }
      }
    } finally {
      process.destroyForcibly();
    }
    reader.join();
    return new Result(process.exitValue() == 0 ? Ending.WELL : Ending.WRONG, said());
  }

  private void read(Process process) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(line);
      }
    } catch (IOException e) {
      hear("its output ended: " + e);
    }
  }

  private synchronized void hear(String line) {
    if (!line.startsWith(Child.BEAT)) {
      if (output.size() < LINES_MAX) {
        output.add(line);
      }
    } else if (!line.equals(lastBeat)) {
      lastBeat = line;
      lastMove = System.nanoTime();
    }
  }

  private synchronized boolean isStill() {
    return System.nanoTime() - lastMove > patience.toNanos();
  }

  private synchronized String beat() {
    return lastBeat;
  }

  private synchronized String said() {
    return String.join("\n", output);
  }

  /** Platform threads with their locks, then all threads. */
  private static String dump(long pid) throws Exception {
    Path all = Files.createTempFile("drey-threads", ".txt");
    Files.delete(all);
    String id = Long.toString(pid);
    String platform = run(tool("jstack"), "-l", id);
    String said = run(tool("jcmd"), id, "Thread.dump_to_file", all.toString());
    String virtual = Files.exists(all) ? Files.readString(all) : said;
    Files.deleteIfExists(all);
    return platform + "\n" + virtual;
  }

  private static String run(Path tool, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(tool.toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("drey-dump", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(DUMP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return Files.readString(output);
    } finally {
      Files.delete(output);
    }
  }

  private static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }
}
