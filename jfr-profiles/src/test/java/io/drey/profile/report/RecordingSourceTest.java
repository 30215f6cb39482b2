package io.drey.profile.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where recordings come from. */
final class RecordingSourceTest {
  @TempDir Path scratch = Path.of("");

  private static List<Long> checkpoints(RecordingSource source) throws IOException {
    List<Long> numbers = new ArrayList<>();
    source.read("io.drey.Checkpoint", event -> numbers.add(event.getLong("checkpoint")));
    return numbers;
  }

  private static List<Long> allCheckpoints() {
    return Stream.iterate(1L, n -> n + 1).limit(RecordedProcess.CHECKPOINTS).toList();
  }

  @Nested
  final class AProcessThatIsKilled {
    @Test
    void leavesARepositoryThatReadsAsARecording() throws Exception {
      Process process = RecordedProcess.start(scratch.resolve("repository"));
      process.destroyForcibly().waitFor();

      try (RecordingSource source = RecordingSource.open(scratch.resolve("repository"))) {
        assertEquals(allCheckpoints(), checkpoints(source));
        assertEquals(1, source.notes().size());
        assertTrue(source.notes().getFirst().contains("not ended"), source.notes().toString());
      }
    }

    @Test
    void isJudgedByTheRulesOfMissionControl() throws Exception {
      Process process = RecordedProcess.start(scratch.resolve("repository"));
      process.destroyForcibly().waitFor();

      try (RecordingSource source = RecordingSource.open(scratch.resolve("repository"))) {
        Verdicts verdicts = Verdicts.of(source.file());

        assertEquals(List.of(), verdicts.failures());
        assertTrue(
            verdicts.all().stream().anyMatch(verdict -> verdict.rule().equals("BufferLost")),
            verdicts.toString());
      }
    }
  }

  @Nested
  final class AProcessThatRuns {
    @Test
    void isReadUpToItsLastFlushAndGoesOn() throws Exception {
      Process process = RecordedProcess.start(scratch.resolve("repository"));
      try (RecordingSource source = RecordingSource.open(scratch.resolve("repository"))) {
        assertEquals(allCheckpoints(), checkpoints(source));
        assertTrue(process.isAlive());
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  @Nested
  final class AFile {
    @Test
    void isReadAsItIsAndStaysThere() throws Exception {
      Path file = scratch.resolve("a.jfr");
      RecordedProcess.record(file);

      try (RecordingSource source = RecordingSource.open(file)) {
        assertEquals(allCheckpoints(), checkpoints(source));
        assertEquals(List.of(), source.notes());
      }
      assertTrue(Files.exists(file));
    }

    @Test
    void thatIsNoRecordingIsRefused() throws Exception {
      Path file = Files.writeString(scratch.resolve("text"), "x".repeat(200));

      IOException failure = assertThrows(IOException.class, () -> RecordingSource.open(file));

      assertEquals("not a recording of the flight recorder", failure.getMessage());
    }
  }

  @Nested
  final class ADirectory {
    @Test
    void withoutARecordingIsRefused() {
      assertThrows(NoSuchFileException.class, () -> RecordingSource.open(scratch));
    }

    @Test
    void whoseOnlyChunkWasNeverFlushedIsRefused() throws Exception {
      byte[] head = new byte[68];
      head[0] = 'F';
      head[1] = 'L';
      head[2] = 'R';
      head[15] = 68;
      head[64] = 1;
      Files.write(scratch.resolve("2026_01_01_00_00_00.jfr"), head);

      IOException failure = assertThrows(IOException.class, () -> RecordingSource.open(scratch));

      assertFalse(failure instanceof NoSuchFileException);
      assertTrue(String.valueOf(failure.getMessage()).contains("flushed nothing"));
    }
  }
}
