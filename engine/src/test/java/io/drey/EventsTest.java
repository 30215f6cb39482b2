package io.drey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a recording shows of a life of stores in which everything happens. */
@Timeout(120)
final class EventsTest {
  private static final Set<String> JDK_FIELDS =
      Set.of("startTime", "duration", "eventThread", "stackTrace");
  private static final List<String> PHASES =
      List.of("quiesce", "seal", "write", "force", "commit", "release", "recycle");
  private static final List<String> STEPS =
      List.of("pace", "journal", "memory", "load", "gate", "conflicts", "acknowledge", "other");

  @TempDir static Path directory = Path.of("");
  private static List<RecordedEvent> events = List.of();

  @BeforeAll
  static void play() throws Exception {
    events = EventScript.run(directory);
  }

  private static List<RecordedEvent> of(String name) {
    return events.stream()
        .filter(e -> e.getEventType().getName().equals("io.drey." + name))
        .toList();
  }

  @Test
  void everyEventHappens() {
    Set<String> missing = new TreeSet<>();
    EventTypes.all().forEach(type -> missing.add(type.getName()));
    events.forEach(event -> missing.remove(event.getEventType().getName()));

    assertEquals(Set.of(), missing);
  }

  @Test
  void everySpanAndEveryNumberOfBytesHasAUnit() {
    Set<String> wrong = new TreeSet<>();
    for (EventType type : EventTypes.all()) {
      boolean isSteps = type.getName().endsWith(".SlowOperation");
      for (ValueDescriptor field : type.getFields()) {
        String name = field.getName();
        boolean isSpan = PHASES.contains(name) || (isSteps && STEPS.contains(name));
        boolean isBytes = name.toLowerCase(Locale.ROOT).endsWith("bytes");
        boolean isShare = field.getTypeName().equals("float");
        boolean isNumber = !field.getTypeName().contains("String");
        if ((isSpan || isBytes || isShare) && isNumber && field.getContentType() == null) {
          wrong.add(type.getName() + "." + name);
        }
      }
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  void everyEventAndFieldHasALabelAndLiesInALane() {
    Set<String> wrong = new TreeSet<>();
    for (EventType type : EventTypes.all()) {
      if (type.getLabel() == null
          || type.getDescription() == null
          || type.getCategoryNames().size() != 2
          || !type.getCategoryNames().getFirst().equals("Drey")) {
        wrong.add(type.getName());
      }
      type.getFields().stream()
          .filter(field -> field.getLabel() == null)
          .forEach(field -> wrong.add(type.getName() + "." + field.getName()));
    }
    assertEquals(Set.of(), wrong);
  }

  /** INVARIANT E1. */
  @Test
  void thePhasesOfCheckpointsAddUpToTheirDuration() {
    assertAddUp(PHASES, of("Checkpoint"));
  }

  @Test
  void theStepsOfSlowOperationsAddUpToTheirDuration() {
    assertAddUp(STEPS, of("SlowOperation"));
  }

  /** What waits for nothing is not timed, but for a batch so long that its work may be. */
  @Test
  void ofChangesThatMeetNobodyOnlyALongBatchIsTimed() {
    List<String> told = of("SlowOperation").stream().map(e -> e.getString("operation")).toList();
    assertEquals(1, told.stream().filter("atomic"::equals).count());
    assertEquals(0, told.stream().filter("rename"::equals).count());
  }

  /**
   * The clock of events and that of their parts are read one after the other, and a thread may lose
   * its processor in between: half of the events are off by microseconds at most, all of them
   * together by little.
   */
  private static void assertAddUp(List<String> parts, List<RecordedEvent> whole) {
    long[] off =
        whole.stream()
            .mapToLong(e -> e.getDuration().toNanos() - parts.stream().mapToLong(e::getLong).sum())
            .map(Math::abs)
            .sorted()
            .toArray();
    long all = whole.stream().mapToLong(e -> e.getDuration().toNanos()).sum();
    assertTrue(off[off.length / 2] <= 50_000, off[off.length / 2] + " ns");
    assertTrue(LongStream.of(off).sum() <= all / 10, LongStream.of(off).sum() + " of " + all);
  }

  @Test
  void everyCheckpointThatSucceedsHasItsSevenPhasesInside() {
    for (RecordedEvent round : of("Checkpoint")) {
      List<RecordedEvent> phases =
          of("CheckpointPhase").stream()
              .filter(p -> p.getLong("store") == round.getLong("store"))
              .filter(p -> p.getLong("checkpoint") == round.getLong("checkpoint"))
              .toList();
      if (round.getString("failure") == null) {
        assertEquals(7, phases.size(), round::toString);
        assertTrue(phases.stream().allMatch(p -> isInside(p, round)), round::toString);
      }
    }
    assertTrue(of("Checkpoint").stream().anyMatch(e -> e.getString("failure") != null));
  }

  private static boolean isInside(RecordedEvent inner, RecordedEvent outer) {
    return !inner.getStartTime().isBefore(outer.getStartTime())
        && !inner.getEndTime().isAfter(outer.getEndTime());
  }

  /**
   * Mission Control draws events of one category in one lane, over each other where they overlap.
   */
  @Test
  void noTwoEventsOfOneCategoryOverlapInAThread() {
    Map<String, List<RecordedEvent>> lanes =
        events.stream()
            .filter(e -> e.getThread() != null && !e.getDuration().isZero())
            .collect(
                Collectors.groupingBy(
                    e -> e.getThread().getId() + " " + e.getEventType().getCategoryNames()));
    Set<String> wrong = new TreeSet<>();
    lanes.forEach((lane, inLane) -> {
      List<RecordedEvent> sorted = new ArrayList<>(inLane);
      sorted.sort(Comparator.comparing(RecordedEvent::getStartTime));
      Instant end = Instant.MIN;
      RecordedEvent last = null;
      for (RecordedEvent event : sorted) {
        if (last != null && event.getStartTime().isBefore(end)) {
          wrong.add(last.getEventType().getName() + " and " + event.getEventType().getName());
        }
        if (event.getEndTime().isAfter(end)) {
          end = event.getEndTime();
          last = event;
        }
      }
    });
    assertEquals(Set.of(), wrong);
  }

  @Test
  void everyStoreThatIsOpenedHasANumberOfItsOwn() {
    Set<Long> numbers = new HashSet<>();
    for (RecordedEvent open : of("StoreOpen")) {
      if (open.getString("failure") == null) {
        assertTrue(numbers.add(open.getLong("store")), open::toString);
      }
    }
    for (RecordedEvent event : events) {
      if (event.hasField("store")
          && event.getLong("store") != 0
          && !event.getEventType().getName().equals("io.drey.RecoveryPhase")) {
        assertTrue(numbers.contains(event.getLong("store")), event::toString);
      }
    }
  }

  @Test
  void aReadTellsTheBytesOfTheValueHoweverItWasAskedFor() {
    for (String operation : List.of("get", "getEntry", "get into a segment")) {
      assertTrue(
          of("ReadOperation").stream()
              .filter(e -> e.getString("operation").equals(operation))
              .anyMatch(e -> e.getInt("valueBytes") == 200),
          operation);
    }
  }

  @Test
  void aForceTellsHowManyCommitsItServed() {
    assertTrue(of("JournalForce").stream().allMatch(e -> e.getInt("commits") >= 1));
    assertTrue(of("JournalForce").stream().allMatch(e -> e.getLong("queueTime") >= 0));
  }

  @Test
  void aMappedForceIsSeenWithItsRange() {
    RecordedEvent force =
        of("DeviceForce").stream()
            .filter(e -> e.getString("kind").equals("Mapping"))
            .findFirst()
            .orElseThrow();
    assertTrue(force.getString("path").contains("journal-"));
    assertTrue(force.getLong("bytes") > 0);
  }

  @Test
  void aLeakTellsWhoTookTheSnapshot() {
    assertTrue(of("Leak").getFirst().getString("origin").contains("EventScript.leak"));
  }

  @Test
  void aFailedOpeningTellsWhy() {
    assertTrue(
        of("StoreOpen").stream()
            .anyMatch(e -> String.valueOf(e.getString("failure")).contains("LockedException")));
  }

  @Test
  void theStepsOfAnOpeningTellWhatWasReplayed() {
    assertTrue(
        of("RecoveryPhase").stream()
            .anyMatch(e -> e.getString("phase").equals("Replay") && e.getLong("records") > 0));
  }
}
