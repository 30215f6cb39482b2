package io.drey.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.model.Operations.Values;
import io.drey.testing.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Long random lists of operations. {@code -Dio.drey.model.seed} draws others, {@code
 * -Dio.drey.model.scale} makes them longer (a factor).
 */
@Tag("both-sizes")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ModelTest {
  private static final long SEED = Long.getLong("io.drey.model.seed", 20_260_801);
  private static final int SCALE = Integer.getInteger("io.drey.model.scale", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(4L * SCALE);
  private static final int ROUND_OPERATIONS = 2_000;

  @TempDir Path ground;

  @ParameterizedTest
  @CsvSource({
    "MEMORY, NESTED, 1500, SMALL, 36000",
    "MEMORY, PATHS, 4000, SMALL, 36000",
    "MEMORY, WIDE, 9000, SMALL, 46000",
    "MEMORY, MIXED, 1200, UP_TO_THE_LIMIT, 10000",
    "JOURNAL, NESTED, 1500, SMALL, 30000",
    "JOURNAL, PATHS, 4000, SMALL, 36000",
    "JOURNAL, WIDE, 9000, SMALL, 30000",
    "JOURNAL, RANDOM, 4000, SMALL, 30000",
    "JOURNAL, EXPANDED, 2000, SMALL, 20000",
    "JOURNAL, LONG, 60, UP_TO_THE_LIMIT, 6000",
    "JOURNAL, MIXED, 1200, UP_TO_THE_LIMIT, 5000",
    "NO_JOURNAL, MIXED, 1500, SMALL, 30000",
    "NO_JOURNAL, PATHS, 600, UP_TO_THE_LIMIT, 10000",
    "BACKGROUND, PATHS, 4000, SMALL, 25000",
    "BACKGROUND, MIXED, 1000, UP_TO_THE_LIMIT, 5000",
    "FORCED, NESTED, 500, SMALL, 4000",
    "MAPPED, WIDE, 9000, SMALL, 30000",
    "MAPPED, PATHS, 4000, SMALL, 30000",
    "MAPPED, MIXED, 1200, UP_TO_THE_LIMIT, 10000",
    "MAPPED_NO_JOURNAL, MIXED, 1500, SMALL, 20000",
    "MAPPED_BACKGROUND, PATHS, 4000, SMALL, 30000",
    "BLOB_STORE, WIDE, 9000, SMALL, 25000",
    "BLOB_STORE, MIXED, 1200, UP_TO_THE_LIMIT, 10000",
  })
  void tree_and_model_tell_the_same_story(
      Setup setup, KeySpace space, int keyCount, Values values, int count) {
    long seed = Bytes.mix(SEED + 31L * setup.ordinal() + 7L * space.ordinal() + values.ordinal());
    String name = "%s %s seed %d (drawn from %d)".formatted(setup, space, seed, SEED);
    List<byte[]> keys = space.keys(keyCount, seed);
    List<Operation> operations = new Operations(seed, keys.size(), values).next(count * SCALE);
    Watchdog.within(PATIENCE, () -> run(name, setup, keys, operations));
  }

  private void run(String name, Setup setup, List<byte[]> keys, List<Operation> operations) {
    long start = System.nanoTime();
    long ran;
    int done = 0;
    try (Walk walk = new Walk(setup, ground, keys)) {
      for (; done < operations.size(); done++) {
        walk.run(operations.get(done));
        if (done % ROUND_OPERATIONS == ROUND_OPERATIONS - 1) {
          walk.run(new Operation.Verify());
        }
      }
      ran = walk.operations();
    } catch (RuntimeException | AssertionError failure) {
      List<Operation> failing = operations.subList(0, Math.min(done + 1, operations.size()));
      throw new AssertionError(
          "%s, operation %d: %s%n%s"
              .formatted(name, done, failure, new Reproduction(setup, keys, ground).of(failing)),
          failure);
    }
    assertTrue(ran >= operations.size(), "operations were left out");
    System.out.printf(
        "%s: %d operations in %d ms%n", name, ran, (System.nanoTime() - start) / 1_000_000);
  }
}
