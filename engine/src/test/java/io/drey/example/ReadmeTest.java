package io.drey.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that the README shows is {@link Example}, and does what the README says. */
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final Path SOURCE = Path.of("src/test/java/io/drey/example/Example.java");

  @Test
  void showsTheExampleAsItIsCompiled() throws IOException {
    String source = Files.readString(SOURCE);
    String shown = source.substring(source.indexOf("import "));

    assertTrue(
        Files.readString(README).contains("```java\n" + shown + "```\n"),
        "README.md does not contain " + SOURCE + " from its first import on");
  }

  @Test
  void showsWhatTheExamplePrints(@TempDir Path directory) throws IOException {
    String printed = outputOf(() -> Example.main(new String[] {directory + "/example.drey"}));

    assertEquals("/home/ada/\n/home/motd: empty\n", printed);
    assertTrue(
        Files.readString(README).contains("```\n" + printed + "```\n"),
        "README.md does not contain the example's output");
  }

  private static String outputOf(Runnable action) {
    PrintStream original = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(original);
    }
    return captured.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
