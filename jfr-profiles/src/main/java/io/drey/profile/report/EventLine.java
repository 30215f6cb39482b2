package io.drey.profile.report;

import java.util.Set;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;

/** One event as one line: time, name, duration, and its fields with their units. */
public final class EventLine {
  private static final Set<String> LEFT_OUT =
      Set.of("startTime", "duration", "eventThread", "stackTrace", "histogram");

  private EventLine() {}

  /** The line, without a line end. */
  public static String of(RecordedEvent event) {
    long nanos = EventFields.nanos(event);
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            "%-12s  %-20s %10s ",
            Quantities.clock(event.getEndTime()),
            EventFields.name(event),
            nanos == 0 ? "" : Quantities.nanos(nanos)));
    for (ValueDescriptor field : event.getFields()) {
      if (!LEFT_OUT.contains(field.getName())) {
        append(line, event, field);
      }
    }
    return line.toString().stripTrailing();
  }

  private static void append(StringBuilder line, RecordedEvent event, ValueDescriptor field) {
    Object value = event.getValue(field.getName());
    if (value == null || value.equals("")) {
      return;
    }
    String text = value instanceof Number number ? text(number, field) : String.valueOf(value);
    line.append(' ').append(field.getName()).append('=').append(text.replace('\n', ' '));
  }

  private static String text(Number number, ValueDescriptor field) {
    String unit = field.getContentType();
    if (unit == null) {
      return String.valueOf(number);
    }
    return switch (unit) {
      case "jdk.jfr.DataAmount" ->
          Quantities.bytes(number.longValue()).replace(" ", "") + rate(field);
      case "jdk.jfr.Percentage" -> Quantities.share(number.doubleValue()).replace(" ", "");
      case "jdk.jfr.Timespan" -> Quantities.nanos(nanos(number, field)).replace(" ", "");
      default -> String.valueOf(number);
    };
  }

  private static String rate(ValueDescriptor field) {
    return field.getAnnotation(jdk.jfr.Frequency.class) == null ? "" : "/s";
  }

  private static long nanos(Number number, ValueDescriptor field) {
    Timespan unit = field.getAnnotation(Timespan.class);
    long value = number.longValue();
    return switch (unit == null ? Timespan.NANOSECONDS : unit.value()) {
      case Timespan.MICROSECONDS -> value * 1_000;
      case Timespan.MILLISECONDS -> value * 1_000_000;
      case Timespan.SECONDS -> value * 1_000_000_000;
      default -> value;
    };
  }
}
