package io.drey.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.rules.SourceTree.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/RELIABILITY.md says is tested is tested: its table of traps names what exists. */
class NamedTestsTest {
  private static final Path DOCUMENT = SourceTree.ROOT.resolve("docs").resolve("RELIABILITY.md");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z.-]+)`");
  private static final int TRAPS = 34;

  private final List<SourceFile> tests =
      SourceTree.files().stream().filter(file -> !file.isMain()).toList();

  @Test
  void everyTestAndCanaryInTheTableOfTrapsExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String row : traps()) {
      Matcher name = NAME.matcher(row);
      int names = 0;
      while (name.find()) {
        names++;
        if (!exists(name.group(1))) {
          missing.add(name.group(1));
        }
      }
      assertTrue(names > 0, "nothing holds this trap: " + row);
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void everyTrapHasItsRow() throws IOException {
    List<String> rows = traps();
    for (int trap = 1; trap <= TRAPS; trap++) {
      String begin = "| T" + trap + " |";
      assertEquals(1, rows.stream().filter(row -> row.startsWith(begin)).count(), begin);
    }
  }

  /** The rows of the last table of the document. */
  private static List<String> traps() throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    int heading = lines.indexOf("## Traps");
    assertTrue(heading >= 0, "no section Traps");
    return lines.subList(heading, lines.size()).stream()
        .filter(line -> line.startsWith("| T") || line.startsWith("| |"))
        .filter(line -> !line.startsWith("| | The trap"))
        .toList();
  }

  private boolean exists(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? isIn("Canaries", "\"" + name + "\"")
        : isIn(name.substring(0, dot), "void " + name.substring(dot + 1) + "(");
  }

  private boolean isIn(String classNameEnd, String text) {
    return tests.stream()
        .filter(file -> file.className().endsWith(classNameEnd))
        .anyMatch(file -> file.lines().stream().anyMatch(line -> line.contains(text)));
  }
}
