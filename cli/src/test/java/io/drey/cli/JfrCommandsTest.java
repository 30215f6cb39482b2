package io.drey.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jfr report}, {@code jfr view}, {@code jfr tail}. */
final class JfrCommandsTest {
  @TempDir Path scratch = Path.of("");

  private String recording = "";

  /** A recording of this process, in which a store is opened, changed and closed. */
  private Path record() throws IOException {
    Path file = scratch.resolve("a.jfr");
    try (Recording running = new Recording()) {
      running.start();
      CommandRun.in(scratch.resolve("store"), "put", "k", "v");
      running.stop();
      running.dump(file);
    }
    return file;
  }

  @Nested
  final class ARecordingOfAStore {
    @BeforeEach
    void make() throws IOException {
      recording = record().toString();
    }

    @Test
    void isShownAsATable() {
      CommandRun run = CommandRun.drey("jfr", "view", "checkpoints", recording);

      assertEquals(ExitCode.OK, run.exitCode(), run.err());
      List<String> lines = run.out().lines().toList();
      assertEquals("Checkpoints, in order of time", lines.getFirst());
      assertTrue(lines.getLast().contains(" Close "), run.out());
    }

    @Test
    void isJudged() {
      CommandRun run = CommandRun.drey("jfr", "report", recording);

      assertTrue(run.out().startsWith("The store: "), run.out());
      assertTrue(run.out().contains("\nThe process around it: "), run.out());
      assertEquals("", run.err());
    }

    @Test
    void isJudgedInJson() {
      CommandRun run = CommandRun.drey("jfr", "report", "--json", recording);

      assertTrue(
          run.out().lines().allMatch(l -> l.startsWith("{\"rule\":") && l.endsWith("}")),
          run.out());
    }

    @Test
    void becomesAPage() throws IOException {
      Path page = scratch.resolve("a.html");

      CommandRun run = CommandRun.drey("jfr", "report", recording, "--html", page.toString());

      assertEquals("drey: the page is in '" + page + "'\n", run.err());
      assertTrue(Files.readString(page).contains("\"directory\":\"" + scratch.resolve("store")));
    }

    @Test
    void hasNoOtherViewsThanThereAre() {
      assertEquals(
          new CommandRun(
              ExitCode.USAGE,
              "",
              "drey: there is no view 'leaks'; there are checkpoints, forces, frames, restarts,"
                  + " operations\n"),
          CommandRun.drey("jfr", "view", "leaks", recording));
    }
  }

  @Nested
  final class WhatIsNoRecording {
    @Test
    void isRefused() throws IOException {
      Path text = Files.writeString(scratch.resolve("text"), "not a recording");

      assertEquals(
          new CommandRun(
              ExitCode.USAGE,
              "",
              "drey: cannot read the recording '"
                  + text
                  + "': not a recording of the flight recorder\n"),
          CommandRun.drey("jfr", "report", text.toString()));
      assertEquals(
          "drey: cannot read the recording '/nowhere': no such file or directory\n",
          CommandRun.drey("jfr", "view", "forces", "/nowhere").err());
    }
  }

  @Nested
  final class ThisProcess {
    @Test
    void isFollowedThroughItsRepository() throws Exception {
      try (Recording running = new Recording()) {
        running.start();
        Path repository = Path.of(System.getProperty("jdk.jfr.repository"));
        AtomicBoolean ended = new AtomicBoolean();
        Thread store =
            Thread.ofPlatform()
                .start(() -> {
                  while (!ended.get()) {
                    CommandRun.in(scratch.resolve("store"), "put", "k", "v");
                  }
                });
        try {
          CommandRun run = CommandRun.drey("jfr", "tail", repository.toString(), "--seconds", "4");

          assertEquals(ExitCode.OK, run.exitCode(), run.err());
          assertTrue(run.out().contains("  StoreOpen "), run.out());
          assertTrue(run.out().contains(" reason=Close "), run.out());
        } finally {
          ended.set(true);
          store.join();
        }
      }
    }

    @Test
    void isNotFollowedWhereThereIsNoRecording() {
      assertEquals(
          new CommandRun(
              ExitCode.USAGE,
              "",
              "drey: cannot read the recording '" + scratch + "': no such file or directory\n"),
          CommandRun.drey("jfr", "tail", scratch.toString()));
    }
  }
}
