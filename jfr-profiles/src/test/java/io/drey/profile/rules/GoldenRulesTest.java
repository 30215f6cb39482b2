package io.drey.profile.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.engine.event.JournalBackpressure;
import io.drey.profile.golden.MissionControl;
import io.drey.profile.golden.Situation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.EventType;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.Severity;

/** What Mission Control's own engine says of recordings of real stores. */
final class GoldenRulesTest {
  @TempDir Path directory = Path.of("");

  private Map<String, IResult> judge(Situation situation) throws Exception {
    Path recording = directory.resolve("recording.jfr");
    situation.record(directory.resolve("store"), recording);
    return MissionControl.judge(recording);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALM")
  void aRuleSeesItsSituationAndSaysWhatToChange(Situation situation) throws Exception {
    IResult result = judge(situation).get(situation.rule);

    String text = MissionControl.text(result);
    assertTrue(
        result.getSeverity() == Severity.INFO || result.getSeverity() == Severity.WARNING, text);
    assertFalse(result.getSolution().isBlank(), text);
    assertFalse(text.contains("{"), text);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CALM")
  void aRuleIsContentWhenThatIsDone(Situation situation) throws Exception {
    Path recording = directory.resolve("recording.jfr");
    situation.recordRemedied(directory.resolve("store"), recording);

    IResult result = MissionControl.judge(recording).get(situation.rule);

    assertEquals(Severity.OK, result.getSeverity(), MissionControl.text(result));
  }

  @Test
  void noRuleHasAnythingToSayOfACalmStore() throws Exception {
    Map<String, IResult> results = judge(Situation.CALM);

    assertEquals(
        Map.of(),
        results.entrySet().stream()
            .filter(result -> result.getValue().getSeverity() != Severity.OK)
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, result -> MissionControl.text(result.getValue()))));
  }

  @Test
  void everyRuleIsInstalledAndHasASituation() throws Exception {
    Set<String> installed = new TreeSet<>();
    for (IRule rule : RuleRegistry.getRules()) {
      if (rule.getTopic().equals(StoreRule.TOPIC)) {
        installed.add(rule.getId());
      }
    }
    Set<String> expected =
        Stream.of(Situation.values())
            .map(situation -> situation.rule)
            .filter(rule -> !rule.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(expected, installed);
    try (Stream<Path> classes = Files.list(Path.of("target/classes/io/drey/profile/rules"))) {
      long rules =
          classes
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(GoldenRulesTest::isRule)
              .count();
      assertEquals(rules, installed.size());
    }
  }

  private static boolean isRule(String name) {
    try {
      Class<?> type = Class.forName("io.drey.profile.rules." + name);
      return StoreRule.class.isAssignableFrom(type) && type != StoreRule.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void aRuleWhoseEventIsSwitchedOffDoesNotJudge() throws Exception {
    Path file = directory.resolve("partial.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ActiveSetting");
      recording.disable("io.drey.JournalBackpressure");
      recording.start();
      EventType.getEventType(JournalBackpressure.class); // as the first stall would have done
      Tree.open(TreeConfig.memory()).close();
      recording.stop();
      recording.dump(file);
    }

    IResult result = MissionControl.judge(file).get("DreyJournalStalls");

    assertEquals(Severity.NA, result.getSeverity(), MissionControl.text(result));
  }

  @Test
  void aRecordingWithoutDreyIsIgnored() throws Exception {
    Path file = directory.resolve("other.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.CPULoad");
      recording.start();
      recording.stop();
      recording.dump(file);
    }

    MissionControl.judge(file)
        .values()
        .forEach(result ->
            assertEquals(Severity.IGNORE, result.getSeverity(), MissionControl.text(result)));
  }
}
