package io.drey.profile.report;

import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;

/** Fields by name; one that an event's version does not have reads as zero or empty. */
final class EventFields {
  /** What the names of all events of a store begin with. */
  static final String PREFIX = "io.drey.";

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private EventFields() {}

  /** The event's name without the product's. */
  static String name(RecordedEvent event) {
    String name = event.getEventType().getName();
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  static long number(RecordedEvent event, String field) {
    return event.hasField(field) ? event.getLong(field) : 0;
  }

  static double share(RecordedEvent event, String field) {
    return event.hasField(field) ? event.getFloat(field) : 0;
  }

  static boolean flag(RecordedEvent event, String field) {
    return event.hasField(field) && event.getBoolean(field);
  }

  static String text(RecordedEvent event, String field) {
    String text = event.hasField(field) ? event.getString(field) : null;
    return text == null ? "" : text;
  }

  static long store(RecordedEvent event) {
    return number(event, "store");
  }

  static long nanos(RecordedEvent event) {
    return event.getDuration().toNanos();
  }

  /** Nanoseconds since 1970. */
  static long epochNanos(Instant instant) {
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }
}
