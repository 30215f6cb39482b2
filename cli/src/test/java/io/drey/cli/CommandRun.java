package io.drey.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the command inside this process.
 *
 * @param exitCode what it answered
 * @param out standard output as byte text
 * @param err standard error as byte text
 */
record CommandRun(int exitCode, String out, String err) {
  /** Runs without input, into files. */
  static CommandRun drey(String... arguments) {
    return withInput("", StandardStreams.Kind.OTHER, arguments);
  }

  static CommandRun onTerminal(String... arguments) {
    return withInput("", StandardStreams.Kind.TERMINAL, arguments);
  }

  static CommandRun fed(String input, String... arguments) {
    return withInput(input, StandardStreams.Kind.OTHER, arguments);
  }

  /** The same command line for the store in {@code directory}. */
  static CommandRun in(Path directory, String... arguments) {
    return drey(withStore(directory, arguments));
  }

  static String[] withStore(Path directory, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--store", directory.toString(), "--pool", "32m"));
    return all.toArray(String[]::new);
  }

  private static CommandRun withInput(
      String input, StandardStreams.Kind kind, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    StandardStreams streams =
        new StandardStreams(
            new ByteArrayInputStream(ByteText.bytes(input)),
            out,
            err,
            kind,
            StandardStreams.Kind.OTHER);
    int exitCode = Drey.run(streams, arguments);
    return new CommandRun(exitCode, ByteText.of(out.toByteArray()), ByteText.of(err.toByteArray()));
  }
}
