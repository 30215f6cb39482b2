package io.drey.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.drey.rules.SourceTree.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that a look at the text can check. A failure names every place, not only the first. */
class SourceRulesTest {
  private static final int MAX_LINES = 500;

  /** Modules that other programs embed: they print nothing. */
  private static final Set<String> LIBRARIES = Set.of("vfs", "journal", "engine");

  private static final Set<String> ABOVE_VFS = Set.of("journal", "engine");

  private static List<SourceFile> files = List.of();

  @BeforeAll
  static void readSources() {
    files = SourceTree.files();
    assertFalse(files.isEmpty(), "no Java file below " + SourceTree.ROOT);
  }

  @Test
  void noFileIsLongerThan500Lines() {
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.lines().size() > MAX_LINES) {
        found.add(file.path() + ": " + file.lines().size() + " lines");
      }
    }
    assertNone("split these by idea", found);
  }

  @Test
  void librariesNeverPrint() {
    assertNone(
        "a library prints nothing",
        places(
            f -> f.isMain() && LIBRARIES.contains(f.module()),
            "System\\.(err|out)\\b|printStackTrace\\("));
  }

  @Test
  void onlyVfsTouchesChannels() {
    assertNone(
        "only vfs opens channels",
        places(f -> f.isMain() && !f.module().equals("vfs"), "java\\.nio\\.channels"));
  }

  @Test
  void journalAndEngineReachFilesThroughVfsOnly() {
    assertNone(
        "every file effect passes through vfs",
        places(
            f -> f.isMain() && ABOVE_VFS.contains(f.module()),
            "java\\.nio\\.file\\.Files\\b|java\\.io\\.(RandomAccessFile|File\\b|File(In|Out)putStream)"));
  }

  @Test
  void nothingIsLeftForLaterInComments() {
    assertNone("do it or leave it out", places(f -> true, "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b"));
  }

  @Test
  void testsNeverSleep() {
    assertNone(
        "wait for the condition instead", places(f -> !f.isMain(), "Thread\\.sle" + "ep\\("));
  }

  @Test
  void classNamesSayWhatTheyAre() {
    Pattern empty = Pattern.compile(".*(Util|Utils|Helper|Manager|Impl)");
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (empty.matcher(file.className()).matches()) {
        found.add(file.path().toString());
      }
    }
    assertNone("name the idea", found);
  }

  @Test
  void everyMainPackageIsNullMarked() {
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (file.isMain()
          && !file.className().equals("module-info")
          && files.stream().noneMatch(other -> isMarkedPackageInfo(other, file))) {
        found.add(file.path().toString());
      }
    }
    assertNone("its package has no package-info with @NullMarked", found);
  }

  private static boolean isMarkedPackageInfo(SourceFile candidate, SourceFile file) {
    return candidate.className().equals("package-info")
        && candidate.path().resolveSibling("").equals(file.path().resolveSibling(""))
        && candidate.lines().contains("@NullMarked");
  }

  private static List<String> places(Predicate<SourceFile> where, String regex) {
    Pattern pattern = Pattern.compile(regex);
    List<String> found = new ArrayList<>();
    for (SourceFile file : files) {
      if (where.test(file)) {
        for (int i = 0; i < file.lines().size(); i++) {
          if (pattern.matcher(file.lines().get(i)).find()) {
            found.add(file.at(i) + ": " + file.lines().get(i).strip());
          }
        }
      }
    }
    return found;
  }

  private static void assertNone(String rule, List<String> found) {
    assertEquals(List.of(), found, () -> rule + ":\n  " + String.join("\n  ", found) + "\n");
  }
}
