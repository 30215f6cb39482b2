package io.drey.crash.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.stream.Stream;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What the flight recorder of each child keeps in a directory, which a kill does not take along.
 * The recorder writes its events down about once a second; those behind the last time are lost.
 */
final class BlackBox {
  private static final Duration TOLD = Duration.ofSeconds(1);

  /** A stream of what a dead process left never ends: all there is has come long before this. */
  private static final Duration READING = Duration.ofSeconds(3);

  private static final List<String> LEFT_OUT =
      List.of("startTime", "duration", "eventThread", "stackTrace");
  private static final double MILLIS = 1e-6;

  private final Path directory;
  private final String prefix;

  /**
   * @param directory for the repositories of all children
   * @param prefix of the names of the events that are told
   */
  BlackBox(Path directory, String prefix) {
    this.directory = directory;
    this.prefix = prefix;
  }

  /** What the JVM of a round's child is started with. */
  List<String> jvmOptions(int round) {
    return List.of(
        "-XX:StartFlightRecording",
        "-XX:FlightRecorderOptions:repository=" + of(round) + ",preserve-repository=true",
        "-Xlog:jfr+startup=off");
  }

  /** Lets go of what was kept of a round's child. */
  void forget(int round) throws IOException {
    if (Files.isDirectory(of(round))) {
      DirectoryCopy.delete(of(round));
    }
  }

  /** The last second that the child of a round wrote down, an event a line. */
  String lastSecond(int round) throws IOException {
    List<RecordedEvent> events = new ArrayList<>();
    Optional<Path> repository = repository(round);
    if (repository.isPresent()) {
      read(repository.get(), events);
    }
    if (events.isEmpty()) {
      return "round %d: it was gone before it wrote any events down".formatted(round);
    }
    events.sort(Comparator.comparing(RecordedEvent::getEndTime));
    Instant end = events.getLast().getEndTime();
    StringJoiner lines =
        new StringJoiner(System.lineSeparator(), "round %d, up to %s:%n".formatted(round, end), "");
    for (RecordedEvent event : events) {
      if (!event.getEndTime().isBefore(end.minus(TOLD))) {
        lines.add(line(event, end));
      }
    }
    return lines.toString();
  }

  private Path of(int round) {
    return directory.resolve("round-" + round);
  }

  /** The recorder makes a directory for its process in the one it is given. */
  private Optional<Path> repository(int round) throws IOException {
    if (!Files.isDirectory(of(round))) {
      return Optional.empty();
    }
    try (Stream<Path> inner = Files.list(of(round))) {
      return inner.filter(Files::isDirectory).findFirst();
    }
  }

  private void read(Path repository, List<RecordedEvent> events) throws IOException {
    try (EventStream stream = EventStream.openRepository(repository)) {
      stream.setReuse(false);
      stream.setStartTime(Instant.EPOCH);
      stream.onEvent(event -> {
        if (event.getEventType().getName().startsWith(prefix)) {
          events.add(event);
        }
      });
      stream.startAsync();
      stream.awaitTermination(READING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String line(RecordedEvent event, Instant end) {
    StringBuilder line = new StringBuilder();
    double before = Duration.between(end, event.getEndTime()).toNanos() * MILLIS;
    line.append("%9.3f ms  %s".formatted(before, event.getEventType().getName()));
    long nanos = event.getDuration().toNanos();
    if (nanos > 0) {
      line.append(" (%.3f ms)".formatted(nanos * MILLIS));
    }
    for (ValueDescriptor field : event.getFields()) {
      Object value = event.getValue(field.getName());
      if (value != null && !LEFT_OUT.contains(field.getName()) && !value.equals("")) {
        line.append(' ').append(field.getName()).append('=').append(value);
      }
    }
    return line.toString().replace(System.lineSeparator(), " ");
  }
}
