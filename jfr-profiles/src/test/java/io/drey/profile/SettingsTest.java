package io.drey.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.engine.event.Checkpoint;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.SettingDescriptor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings files against the event classes, read by the JDK. */
final class SettingsTest {
  private static final Path FILES = Path.of("src/main/resources/io/drey/profile").toAbsolutePath();
  private static final List<String> LEVELS = List.of("off", "normal", "detailed", "all");

  @TempDir Path directory = Path.of("");

  /** An event has a period once somebody has said what is to happen then: the first store does. */
  @BeforeAll
  static void openAStore() {
    Tree.open(TreeConfig.memory()).close();
  }

  private static Map<String, String> settings(Path file) throws IOException, ParseException {
    return new TreeMap<>(Configuration.create(file).getSettings());
  }

  private static Map<String, String> ofDrey(Map<String, String> settings) {
    Map<String, String> some = new TreeMap<>(settings);
    some.keySet().removeIf(name -> !name.startsWith("io.drey."));
    return some;
  }

  private static Set<String> events(Map<String, String> settings) {
    return settings.keySet().stream()
        .map(name -> name.substring(0, name.indexOf('#')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Merges the files as the JDK's tool does; {@code options} choose. */
  private Map<String, String> configure(String input, String... options) throws Exception {
    Path output = directory.resolve("merged.jfc");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jfr").toString());
    command.addAll(List.of("configure", "--input", input));
    command.addAll(List.of(options));
    command.addAll(List.of("--output", output.toString()));
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(tool.getInputStream().readAllBytes());
    assertEquals(0, tool.waitFor(), said);
    return settings(output);
  }

  private Map<String, String> merged(String base, String level) throws Exception {
    return configure(base + "," + FILES.resolve("drey.jfc"), "drey=" + level);
  }

  /** All event classes of the engine and the journal, by their names. */
  private static Map<String, EventType> types() throws Exception {
    Map<String, EventType> types = new TreeMap<>();
    Class<?> journal = Class.forName("io.drey.journal.Journal");
    for (Class<?> in : List.of(Checkpoint.class, journal, Vfs.class)) {
      for (String name : classes(in)) {
        Class<?> type = Class.forName(name, false, in.getClassLoader());
        if (type.isAnnotationPresent(Name.class) && Event.class.isAssignableFrom(type)) {
          types.put(
              type.getAnnotation(Name.class).value(),
              EventType.getEventType(type.asSubclass(Event.class)));
        }
      }
    }
    return types;
  }

  /** The classes of the module of {@code one}, which is a directory or a jar. */
  private static List<String> classes(Class<?> one) throws IOException, URISyntaxException {
    URI place = one.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path path = Path.of(place);
    if (Files.isDirectory(path)) {
      return classes(path);
    }
    try (FileSystem jar = FileSystems.newFileSystem(path)) {
      return classes(jar.getPath("/"));
    }
  }

  private static List<String> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class") && !file.contains("-info"))
          .map(file -> file.replace('/', '.').substring(0, file.length() - ".class".length()))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drey.jfc", "drey-normal.jfc", "drey-detailed.jfc"})
  void aFileNamesEveryEventOfDreyAndNoOther(String file) throws Exception {
    assertEquals(types().keySet(), events(ofDrey(settings(FILES.resolve(file)))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drey-normal.jfc", "drey-detailed.jfc"})
  void aFileNamesOnlyEventsAndSettingsThatThereAre(String file) throws Exception {
    Map<String, EventType> known = types();
    for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
      known.put(type.getName(), type);
    }
    Set<String> unknown = new TreeSet<>();
    for (String setting : settings(FILES.resolve(file)).keySet()) {
      String event = setting.substring(0, setting.indexOf('#'));
      String name = setting.substring(setting.indexOf('#') + 1);
      EventType type = known.get(event);
      if (type == null
          || type.getSettingDescriptors().stream()
              .map(SettingDescriptor::getName)
              .noneMatch(name::equals)) {
        unknown.add(setting);
      }
    }
    assertEquals(Set.of(), unknown);
  }

  @ParameterizedTest
  @ValueSource(strings = {"normal", "detailed"})
  void aFileAndTheLevelOfTheSelectionAreTheSame(String level) throws Exception {
    assertEquals(
        ofDrey(merged("none", level)), ofDrey(settings(FILES.resolve("drey-" + level + ".jfc"))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"default.jfc", "profile.jfc"})
  void theSelectionLeavesTheSettingsOfTheJdkAsTheyAre(String base) throws Exception {
    Map<String, String> alone = configure(base);
    for (String level : LEVELS) {
      Map<String, String> merged = merged(base, level);
      merged.keySet().removeIf(name -> name.startsWith("io.drey."));
      assertEquals(alone, merged, level);
    }
  }

  @Test
  void aLevelRecordsMoreThanTheOneBefore() throws Exception {
    Map<String, Map<String, String>> levels = new HashMap<>();
    for (String level : LEVELS) {
      levels.put(level, merged("default.jfc", level));
    }
    assertEquals(List.of("false", "true", "true", "true"), of(levels, "Checkpoint#enabled"));
    assertEquals(List.of("false", "false", "false", "true"), of(levels, "ReadOperation#enabled"));
    assertEquals(List.of("1 ms", "1 ms", "0 ns", "0 ns"), of(levels, "DeviceWrite#threshold"));
    assertEquals(List.of("10 ms", "10 ms", "1 ms", "0 ns"), of(levels, "SlowOperation#threshold"));
    assertEquals(List.of("100/s", "100/s", "1000/s", "off"), of(levels, "LatchRestart#throttle"));
    assertEquals(List.of("false", "false", "true", "true"), of(levels, "JournalWait#stackTrace"));
  }

  private static List<String> of(Map<String, Map<String, String>> levels, String setting) {
    return LEVELS.stream().map(level -> levels.get(level).get("io.drey." + setting)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"drey-normal.jfc", "drey-detailed.jfc"})
  void aRecordingTakesAFileAsItIs(String file) throws Exception {
    try (Recording recording = new Recording(Configuration.create(FILES.resolve(file)))) {
      recording.start();
      recording.stop();

      assertTrue(recording.getSettings().containsKey("io.drey.Checkpoint#enabled"));
    }
  }
}
