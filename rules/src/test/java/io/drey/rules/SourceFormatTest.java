package io.drey.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.googlejavaformat.java.Main;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every Java file stands as google-java-format writes it. With {@code -Ddrey.format=apply}, which
 * is what the script {@code ./format} passes, the files are rewritten instead.
 */
class SourceFormatTest {
  private static final boolean APPLY = System.getProperty("drey.format", "check").equals("apply");

  @Test
  void everyFileIsFormatted() throws Exception {
    StringWriter changed = new StringWriter();
    StringWriter errors = new StringWriter();
    PrintWriter changedWriter = new PrintWriter(changed, true);

    int status =
        new Main(changedWriter, new PrintWriter(errors, true), noInput()).format(arguments());

    changedWriter.flush();
    assertTrue(errors.toString().isEmpty(), "the formatter cannot read:\n" + errors);
    assertEquals(0, status, "not formatted (run ./format):\n" + changed);
  }

  private static String[] arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(APPLY ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    for (SourceTree.SourceFile file : SourceTree.files()) {
      arguments.add(SourceTree.ROOT.resolve(file.path()).toString());
    }
    return arguments.toArray(String[]::new);
  }

  private static ByteArrayInputStream noInput() {
    return new ByteArrayInputStream(new byte[0]);
  }
}
