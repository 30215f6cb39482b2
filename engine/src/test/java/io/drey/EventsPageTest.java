package io.drey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.AnnotationElement;
import jdk.jfr.DataAmount;
import jdk.jfr.Enabled;
import jdk.jfr.EventType;
import jdk.jfr.Frequency;
import jdk.jfr.Percentage;
import jdk.jfr.Period;
import jdk.jfr.Relational;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Throttle;
import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;

/**
 * The page {@code docs/EVENTS.md} says what the classes say. {@code -Ddrey.events=apply} writes it.
 */
final class EventsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "EVENTS.md");

  private static final Set<String> JDK_FIELDS =
      Set.of("startTime", "duration", "eventThread", "stackTrace");

  private static final String HEAD =
      """
      # Events

      What Drey tells Java Flight Recorder. This page is made from the event classes and checked against them in the build; `mvn -pl engine -am test -Dtest=EventsPageTest -Ddrey.events=apply` writes it anew.

      - Every event but those of devices has the field `store`, the number of the open store in its process; *Store Opening* says which directory that is. Numbers of stores, blobs and checkpoints are relational: Mission Control finds everything with the same one.
      - Events that may overlap in one thread lie in different categories, each a lane of its own in Mission Control.
      - *Settings* are those without a settings file. `jfr-profiles` has files for more and for less.

      """;

  @Test
  void saysWhatTheClassesSay() throws IOException {
    String page = page();
    if ("apply".equals(System.getProperty("drey.events"))) {
      Files.writeString(PAGE, page);
    }
    assertEquals(page, Files.readString(PAGE), "write it anew: -Ddrey.events=apply");
  }

  private static String page() {
    Map<String, List<EventType>> lanes =
        EventTypes.all().stream()
            .collect(
                Collectors.groupingBy(
                    type -> type.getCategoryNames().getLast(), TreeMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder(HEAD);
    lanes.forEach((lane, types) -> {
      page.append("## ").append(lane).append("\n\n");
      types.forEach(type -> append(page, type));
    });
    return page.toString().stripTrailing() + "\n";
  }

  private static void append(StringBuilder page, EventType type) {
    page.append("### ").append(type.getLabel()).append("\n\n");
    page.append("`")
        .append(type.getName())
        .append("`: ")
        .append(type.getDescription())
        .append(". ");
    page.append("Settings: ").append(settings(type)).append(".\n\n");
    page.append("| Field | Type | Unit | Meaning |\n|---|---|---|---|\n");
    for (ValueDescriptor field : type.getFields()) {
      if (!JDK_FIELDS.contains(field.getName()) && !field.getName().equals("store")) {
        String description = field.getDescription();
        page.append("| `").append(field.getName()).append("` | ");
        page.append(field.getTypeName().replaceFirst(".*[.]", "")).append(" | ");
        page.append(unit(field)).append(" | ").append(field.getLabel());
        page.append(description == null ? "" : ". " + description).append(" |\n");
      }
    }
    page.append("\n");
  }

  private static String settings(EventType type) {
    StringBuilder settings = new StringBuilder();
    Enabled enabled = type.getAnnotation(Enabled.class);
    settings.append(enabled == null || enabled.value() ? "on" : "off");
    Threshold threshold = type.getAnnotation(Threshold.class);
    settings.append(threshold == null ? "" : ", from " + threshold.value());
    Throttle throttle = type.getAnnotation(Throttle.class);
    settings.append(throttle == null ? "" : ", at most " + throttle.value());
    Period period = type.getAnnotation(Period.class);
    settings.append(period == null ? "" : ", every " + period.value());
    StackTrace stack = type.getAnnotation(StackTrace.class);
    settings.append(stack != null && stack.value() ? ", with stack" : "");
    return settings.toString();
  }

  private static String unit(ValueDescriptor field) {
    Timespan timespan = field.getAnnotation(Timespan.class);
    if (timespan != null) {
      return timespan.value().toLowerCase(java.util.Locale.ROOT);
    }
    if (field.getAnnotation(DataAmount.class) != null) {
      return field.getAnnotation(Frequency.class) != null ? "bytes a second" : "bytes";
    }
    if (field.getAnnotation(Percentage.class) != null) {
      return "share";
    }
    return field.getAnnotationElements().stream()
            .map(AnnotationElement::getAnnotationElements)
            .flatMap(Collection::stream)
            .anyMatch(element -> element.getTypeName().equals(Relational.class.getName()))
        ? "id"
        : "";
  }
}
