package io.drey.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Another JVM with the same classes and frame size, whose output is read line by line. */
public final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /** Starts {@code main} with arguments. */
  public static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Dio.drey.frameBytes=" + Limits.FRAME_BYTES);
    command.add("-cp");
    command.add(classPath(main));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    return new ChildProcess(builder.start());
  }

  /** Returns the next line, or null when the process has ended. */
  public @Nullable String line() throws IOException {
    return output.readLine();
  }

  /**
   * Ends the process at once, as a crash would, and waits until it is gone. Lines that it had
   * written can still be read.
   */
  public void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Closes the process's input and returns its exit code. */
  public int end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return process.waitFor();
  }

  @Override
  public void close() {
    kill();
  }

  /** Every place this process has classes from, whichever way it was started. */
  private static String classPath(Class<?> main) {
    Set<String> places = new LinkedHashSet<>();
    add(places, System.getProperty("surefire.test.class.path"));
    add(places, System.getProperty("java.class.path"));
    add(places, System.getProperty("jdk.module.path"));
    CodeSource source = main.getProtectionDomain().getCodeSource();
    if (source != null) {
      places.add(Path.of(source.getLocation().getPath()).toString());
    }
    for (String target : List.of("target/classes", "target/test-classes")) {
      if (Files.isDirectory(Path.of(target))) {
        places.add(Path.of(target).toAbsolutePath().toString());
      }
    }
    return String.join(File.pathSeparator, places);
  }

  private static void add(Set<String> places, @Nullable String path) {
    if (path != null) {
      places.addAll(List.of(path.split(File.pathSeparator)));
    }
  }
}
