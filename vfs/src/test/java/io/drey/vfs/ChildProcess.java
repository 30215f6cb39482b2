package io.drey.vfs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A Java process that runs a main class of these tests and answers a line with a line. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final PrintWriter questions;
  private final BufferedReader answers;

  /** Starts {@code main}; {@code prefix} is put before the command. */
  ChildProcess(Class<?> main, String... prefix) throws IOException {
    List<String> command = new ArrayList<>(List.of(prefix));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData", "-cp"));
    command.add(classes(Vfs.class) + System.getProperty("path.separator") + classes(main));
    command.add(main.getName());
    process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    questions =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), Charset.defaultCharset()), true);
    answers = process.inputReader(Charset.defaultCharset());
  }

  private static Path classes(Class<?> type) {
    URL file = Objects.requireNonNull(type.getResource(type.getSimpleName() + ".class"));
    try {
      Path root = Path.of(file.toURI());
      for (int i = 0; i < type.getName().split("\\.").length; i++) {
        root = Objects.requireNonNull(root.getParent());
      }
      return root;
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  String ask(String question) throws IOException {
    questions.println(question);
    return String.valueOf(answers.readLine());
  }

  /** Kills the process as a power cut would, and waits until it is gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
