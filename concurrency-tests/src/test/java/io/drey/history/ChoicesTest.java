package io.drey.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a worker chooses to do. */
final class ChoicesTest {
  private static final long SEED = 42;

  private static List<Choice> choices(Setting setting, long seed, int round, int thread) {
    Choices choices = Round.choices(setting, setting.keys(), seed, round, thread);
    return Stream.generate(choices::next).limit(setting.choicesPerRound).toList();
  }

  @ParameterizedTest
  @EnumSource
  void followsFromSeedRoundAndThread(Setting setting) {
    List<Choice> first = choices(setting, SEED, 3, 1);
    assertEquals(first, choices(setting, SEED, 3, 1));
    assertNotEquals(first, choices(setting, SEED + 1, 3, 1));
    assertNotEquals(first, choices(setting, SEED, 4, 1));
    assertNotEquals(first, choices(setting, SEED, 3, 2));
  }

  @ParameterizedTest
  @EnumSource
  void usesNoValueTwice(Setting setting) {
    Set<Long> values = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      for (int thread = 0; thread < setting.threads; thread++) {
        for (Choice choice : choices(setting, SEED, round, thread)) {
          choice.values().forEach(value -> assertTrue(values.add(value)));
        }
      }
    }
  }
}
