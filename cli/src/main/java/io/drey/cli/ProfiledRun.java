package io.drey.cli;

import io.drey.profile.report.RecordingSettings;
import io.drey.profile.report.RecordingSource;
import io.drey.profile.report.Verdicts;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command whose JVMs record what they do.
 *
 * <p>Each keeps its recording in a repository below a scratch directory, which outlives it: so one
 * that is killed is recorded as well as one that ends.
 */
final class ProfiledRun implements AutoCloseable {
  private static final String JVM_OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final String EVENTS = "io.drey.";

  private final Session session;
  private final Path scratch;
  private final List<String> jvmOptions;

  /** A signal to this process is the command's, and holds this one until it has reported. */
  private final StopRequest stop;

  private volatile @Nullable Process running;

  /** {@code settings} is the name of one of {@link RecordingSettings}. */
  ProfiledRun(Session session, String settings) throws IOException {
    this.session = session;
    scratch = Files.createTempDirectory("drey-profile");
    Path file = scratch.resolve("settings.jfc");
    RecordingSettings.valueOf(settings).writeTo(file);
    jvmOptions =
        List.of(
            "-XX:StartFlightRecording:settings=" + file,
            "-XX:FlightRecorderOptions:repository=" + repositories() + ",preserve-repository=true",
            "-Xlog:jfr+startup=off");
    stop = StopRequest.install(this::endCommand); // last: whoever installs it has to close it
  }

  /** Runs a drey command in a JVM like this one; returns its exit code. */
  int drey(List<String> options, List<String> command) throws IOException {
    List<String> line = new ArrayList<>(ownCommand());
    line.addAll(1, jvmOptions);
    line.addAll(options);
    line.addAll(command);
    return run(new ProcessBuilder(line.stream().map(ProfiledRun::decoded).toList()));
  }

  /** Runs any program; every JVM it starts is recorded. */
  int program(List<String> command) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command.stream().map(ProfiledRun::decoded).toList());
    String options = String.join(" ", jvmOptions);
    builder.environment().merge(JVM_OPTIONS, options, (there, own) -> there + " " + own);
    return run(builder);
  }

  /** Says what the recording with most events of stores tells, and keeps it in {@code output}. */
  void report(String output, @Nullable String html) throws IOException {
    Optional<RecordingSource> found = richest();
    if (found.isEmpty()) {
      session.tell(
          "nothing was recorded: the command started no JVM, or none that lived long enough");
      return;
    }
    try (RecordingSource source = found.get()) {
      keep(source.file(), output);
      source.notes().forEach(note -> session.tell(ByteText.ofPlatform(note)));
      Verdicts verdicts = Verdicts.of(source.file());
      Output err = new Output(session.streams().err(), Output.KeyStyle.MASKED);
      RecordingReport.print(err, verdicts, false);
      err.flush();
      session.tell("the recording is in '" + output + "'");
      if (html != null) {
        RecordingReport.writePage(session, source, output, html, verdicts);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> walk = Files.walk(scratch)) {
      for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } finally {
      stop.close();
    }
  }

  private void endCommand() {
    Process process = running;
    if (process != null) {
      process.destroy();
    }
  }

  private Path repositories() {
    return scratch.resolve("repositories");
  }

  private int run(ProcessBuilder builder) {
    Process process;
    try {
      process = builder.inheritIO().start();
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot run it: " + reason, e);
    }
    running = process;
    if (stop.requested()) {
      process.destroy();
    }
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.FOUND, "interrupted", e);
    }
  }

  /** How this process was started, up to its main class. */
  private static List<String> ownCommand() {
    ProcessHandle.Info own = ProcessHandle.current().info();
    String main = Drey.class.getName();
    List<String> line = new ArrayList<>();
    line.add(own.command().orElse(Path.of(System.getProperty("java.home"), "bin/java").toString()));
    for (String argument : own.arguments().orElse(new String[0])) {
      line.add(argument);
      if (argument.equals(main) || argument.endsWith("/" + main)) {
        return line;
      }
    }
    throw new CommandFailure(ExitCode.USAGE, "this system does not tell how drey was started");
  }

  /** Processes are started with text, which the platform encodes as it decodes here. */
  private static String decoded(String byteText) {
    String name = System.getProperty("sun.jnu.encoding", "UTF-8");
    return new String(ByteText.bytes(byteText), Charset.forName(name));
  }

  /** Repositories of which nothing can be read are those of processes that hardly lived. */
  private Optional<RecordingSource> richest() throws IOException {
    if (!Files.isDirectory(repositories())) {
      return Optional.empty();
    }
    List<Path> directories;
    try (Stream<Path> all = Files.list(repositories())) {
      directories = all.filter(Files::isDirectory).sorted().toList();
    }
    RecordingSource best = null;
    long most = -1;
    for (Path directory : directories) {
      RecordingSource source;
      long events;
      try {
        source = RecordingSource.open(directory);
        events = count(source);
      } catch (IOException e) {
        session.tell(directory.getFileName() + ": " + ByteText.ofPlatform(FailureReport.reason(e)));
        continue;
      }
      if (events > most) {
        if (best != null) {
          best.close();
        }
        best = source;
        most = events;
      } else {
        source.close();
      }
    }
    return Optional.ofNullable(best);
  }

  /** Closes the source if it cannot be read. */
  private static long count(RecordingSource source) throws IOException {
    long[] events = new long[1];
    try {
      source.read(EVENTS, _ -> events[0]++);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
    return events[0];
  }

  private static void keep(Path recording, String output) throws IOException {
    try (NewFile target = new NewFile(output)) {
      Files.copy(recording, target);
      target.publish();
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot write '" + output + "': " + reason, e);
    }
  }
}
