package io.drey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;

/** The event types of engine and journal, found among their compiled classes. */
final class EventTypes {
  private static final Path ENGINE = Path.of("target", "classes");
  private static final Path JOURNAL = Path.of("..", "journal", "target", "classes");

  private EventTypes() {}

  /** All of them by name, whether one has happened or not. */
  static List<EventType> all() {
    List<Class<? extends Event>> classes =
        Stream.concat(classes(ENGINE, "io/drey/engine/event"), classes(JOURNAL, "io/drey/journal"))
            .toList();
    classes.forEach(FlightRecorder::register);
    return classes.stream()
        .map(EventType::getEventType)
        .sorted(Comparator.comparing(EventType::getName))
        .toList();
  }

  private static Stream<Class<? extends Event>> classes(Path root, String directory) {
    try (Stream<Path> files = Files.list(root.resolve(directory))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("-info"))
          .<Class<?>>map(name -> load(directory.replace('/', '.') + "." + name.split("[.]")[0]))
          .filter(type -> Event.class.isAssignableFrom(type))
          .filter(type -> !java.lang.reflect.Modifier.isAbstract(type.getModifiers()))
          .<Class<? extends Event>>map(type -> type.asSubclass(Event.class))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, EventTypes.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
