package io.drey.crash.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.example.LogSubject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashHarnessTest {
  private static final String CORRECT = LogSubject.class.getName();
  private static final String FORGETS_NAME = LogSubject.NameNotForced.class.getName();
  private static final String WRITES_LATER = LogSubject.WritesLater.class.getName();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Nested
  class Help {
    @Test
    void saysWhatASubjectIsAndWhatTheExitCodesMean() {
      assertEquals(ExitCode.CLEAN, run("--help"));
      assertOut("io.drey.crash.Subject");
      assertOut("Exit codes:");
      assertOut("crash-harness example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"power", "faults", "kill", "example"})
    void isThereForEveryCommand(String command) {
      assertEquals(ExitCode.CLEAN, run("help", command));
      String asked = out.toString();
      out.getBuffer().setLength(0);
      assertEquals(ExitCode.CLEAN, run(command, "--help"));
      assertEquals(asked, out.toString());
      assertOut("Usage: crash-harness " + command);
    }

    @Test
    void isShownWhenNothingIsAsked() {
      assertEquals(ExitCode.USAGE, run());
      assertTrue(err.toString().contains("Commands:"), err.toString());
    }
  }

  @Nested
  class ABadCommandLine {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "power",
          "power no.such.Class",
          "power java.lang.String",
          "faults io.drey.crash.example.LogSubject --fault nonsense",
          "faults io.drey.crash.example.LogSubject --kind NONSENSE",
          "kill io.drey.crash.example.LogSubject --point nonsense",
          "kill io.drey.crash.example.LogSubject --rounds many",
          "nonsense"
        })
    void isRefusedInWords(String line) {
      assertEquals(ExitCode.USAGE, run(line.split(" ")), line);
      assertTrue(err.toString().contains("Usage:"), err.toString());
      assertTrue(!err.toString().contains("\tat "), err.toString());
    }
  }

  @Nested
  class ACampaign {
    @Test
    void ofPowerCutsIsCleanForACorrectStore() {
      assertEquals(ExitCode.CLEAN, run("power", CORRECT, "--runs=1", "--operations=5"));
      assertLastLine("power loss: ", "nothing found");
    }

    @Test
    void ofPowerCutsFindsANameThatIsNotForced() {
      assertEquals(ExitCode.FOUND, run("power", FORGETS_NAME, "--seed=1", "--operations=5"));
      assertOut("ACKNOWLEDGED_KEPT");
      assertOut("seed 1");
    }

    @Test
    void ofFaultsCanBeNarrowedAndReplayed() {
      assertEquals(
          ExitCode.CLEAN,
          run("faults", CORRECT, "--operations=4", "--kind=io_error", "--damages=1"));
      assertLastLine("faults: ", "nothing found");
      assertEquals(
          ExitCode.CLEAN,
          run("faults", CORRECT, "--seed=1", "--fault", "IO_ERROR FORCE *#3 ONCE 0"));
    }

    @Test
    void ofKillsLeavesTheStoreWhenSomethingIsFound(@TempDir Path directory) {
      String stores = directory.resolve("stores").toString();
      assertEquals(
          ExitCode.FOUND,
          run("kill", WRITES_LATER, "--seed=3", "--rounds=30", "--directory", stores));
      assertOut("ACKNOWLEDGED_KEPT");
      assertTrue(Files.exists(Path.of(stores, "store-1", "log")));
    }

    @Test
    void ofKillsIsCleanForACorrectStore() {
      assertEquals(
          ExitCode.CLEAN,
          run(
              "kill",
              CORRECT,
              "--rounds=4",
              "--point",
              "AFTER FORCE log*#0",
              "--jvm-option=-Xmx64m"));
      assertLastLine("kill: ", "nothing found");
    }
  }

  @Test
  void theExampleShowsItsMistake() {
    assertEquals(ExitCode.FOUND, run("example"));
    assertOut("nothing found");
    assertOut("ACKNOWLEDGED_KEPT");
    assertLastLine("power loss: ", " found");
  }

  private int run(String... arguments) {
    return CrashHarness.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void assertOut(String part) {
    assertTrue(out.toString().contains(part), () -> part + " is not in:\n" + out + err);
  }

  private void assertLastLine(String start, String part) {
    String last = out.toString().lines().reduce("", (_, line) -> line);
    assertTrue(last.startsWith(start) && last.contains(part), out + "\n" + err);
  }
}
