package io.drey.profile.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables from a recording of which all is known. */
final class RecordingViewTest {
  @TempDir Path scratch = Path.of("");

  private Path file = Path.of("");

  @BeforeEach
  void record() throws IOException {
    file = scratch.resolve("a.jfr");
    RecordedProcess.record(file);
  }

  private List<String> lines(RecordingView view, int limit) throws IOException {
    List<String> lines = new ArrayList<>();
    try (RecordingSource source = RecordingSource.open(file)) {
      view.tables(source, limit).forEach(table -> table.print(lines::add));
    }
    return lines;
  }

  private static List<String> words(String line) {
    return List.of(line.trim().split(" +"));
  }

  @Test
  void showTheLastCheckpointsInOrderOfTime() throws IOException {
    List<String> lines = lines(RecordingView.CHECKPOINTS, 2);

    assertEquals(5, lines.size(), lines.toString());
    assertEquals(List.of("7", "4", "Bytes"), words(lines.get(2)).subList(1, 4));
    assertEquals(List.of("7", "5", "Bytes"), words(lines.get(3)).subList(1, 4));
    assertTrue(lines.get(3).contains(" 12.0 ms "), lines.get(3));
    assertEquals("the last ones of 5; --limit shows more", lines.get(4));
  }

  @Test
  void countTheRestartsThatTheThrottleLeftOut() throws IOException {
    List<String> lines = lines(RecordingView.RESTARTS, 10);

    assertEquals(List.of("7", "4", "Changed", "30", "3"), words(lines.get(2)));
  }

  @Test
  void mergeTheHistogramsOfAllSeconds() throws IOException {
    List<String> lines = lines(RecordingView.OPERATIONS, 10);

    assertEquals(
        "7 get 101 1 in 16 1.02 us 1.02 us 2.05 us 4.00 ms 4.00 ms",
        String.join(" ", words(lines.get(2))));
  }

  @Test
  void saySoWhereNothingWasRecorded() throws IOException {
    assertEquals(
        List.of("Slowest forces", "none recorded (io.drey.JournalForce)"),
        lines(RecordingView.FORCES, 10));
  }
}
