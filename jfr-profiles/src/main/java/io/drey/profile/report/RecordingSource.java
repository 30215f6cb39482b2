package io.drey.profile.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording as a file, whatever it was before: a file, or the repository of a process that runs
 * or was killed. Of a repository a copy is read, which {@link #close} deletes. Not thread-safe.
 */
public final class RecordingSource implements AutoCloseable {
  private final Path file;
  private final List<String> notes;
  private final boolean temporary;

  private RecordingSource(Path file, List<String> notes, boolean temporary) {
    this.file = file;
    this.notes = notes;
    this.temporary = temporary;
  }

  /**
   * Finds the recording at {@code path}, a file or a repository's directory.
   *
   * @throws NoSuchFileException if there is none
   * @throws IOException if it cannot be read, or is no recording
   */
  public static RecordingSource open(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return new RecordingSource(requireRecording(path), List.of(), false);
    }
    Path copy = Files.createTempFile("drey-repository", ".jfr");
    try {
      List<String> notes = Repository.at(path).assemble(copy);
      if (Files.size(copy) == 0) {
        throw new IOException("nothing can be read of it: " + String.join("; ", notes));
      }
      return new RecordingSource(requireRecording(copy), notes, true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  /**
   * The directory with the chunks of the recording in {@code directory}: that one, or the newest in
   * it that has any.
   *
   * @throws NoSuchFileException if there is none
   */
  public static Path repository(Path directory) throws IOException {
    return Repository.at(directory).directory();
  }

  /** The recording's file, complete. */
  public Path file() {
    return file;
  }

  /** What a reader has to know of the recording, a sentence each: what is missing of it. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Hands over all events whose name begins with {@code prefix}, in the order of the file. */
  public void read(String prefix, Consumer<RecordedEvent> reader) throws IOException {
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getEventType().getName().startsWith(prefix)) {
          reader.accept(event);
        }
      }
    }
  }

  /** The events of the last {@code seconds} before the latest of them, sorted by their end. */
  public List<RecordedEvent> lastEvents(String prefix, double seconds) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    read(prefix, events::add);
    events.sort((a, b) -> a.getEndTime().compareTo(b.getEndTime()));
    if (!events.isEmpty()) {
      var from = events.getLast().getEndTime().minusNanos(Math.round(seconds * 1e9));
      events.removeIf(event -> event.getEndTime().isBefore(from));
    }
    return events;
  }

  @Override
  public void close() throws IOException {
    if (temporary) {
      Files.deleteIfExists(file);
    }
  }

  private static Path requireRecording(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (ChunkHeader.read(file) == null) {
      throw new IOException("not a recording of the flight recorder");
    }
    return file;
  }
}
