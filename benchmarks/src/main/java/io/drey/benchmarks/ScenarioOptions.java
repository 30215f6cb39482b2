package io.drey.benchmarks;

import io.drey.Durability;
import io.drey.TreeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The options of a scenario, read from arguments of the form {@code name=value}: {@code n} records,
 * {@code pool} in MiB, {@code seconds}, {@code dir}.
 */
record ScenarioOptions(int records, long poolBytes, Duration time, Path directory) {
  private static final Set<String> NAMES = Set.of("n", "pool", "seconds", "dir");

  /** Reads arguments; what is missing has the value given here. */
  static ScenarioOptions of(String[] arguments, int records, int poolMegabytes, int seconds) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      if (split < 0 || !NAMES.contains(argument.substring(0, split))) {
        throw new IllegalArgumentException(
            "not understood: " + argument + "; there are n=, pool= (MiB), seconds=, dir=");
      }
      given.put(argument.substring(0, split), argument.substring(split + 1));
    }
    return new ScenarioOptions(
        Integer.parseInt(given.getOrDefault("n", String.valueOf(records))),
        Long.parseLong(given.getOrDefault("pool", String.valueOf(poolMegabytes))) << 20,
        Duration.ofSeconds(Long.parseLong(given.getOrDefault("seconds", String.valueOf(seconds)))),
        Path.of(given.getOrDefault("dir", System.getProperty("java.io.tmpdir"))));
  }

  /** What a scenario does with the place of its store. */
  interface Scenario {
    void run(Path store) throws Exception;
  }

  /** Runs a scenario over a place for a store of its own, and leaves nothing behind. */
  void run(Scenario scenario) throws Exception {
    Path ground = Files.createTempDirectory(directory, "drey-scenario-");
    try {
      scenario.run(ground.resolve("store"));
    } finally {
      Footprint.delete(ground);
    }
  }

  /** The records of the scenario, numbered by their writers. */
  CountedRecords counted() throws IOException {
    return new CountedRecords(DataSet.of("objstore", records, null));
  }

  TreeConfig config(Path store) {
    return TreeConfig.at(store).withPoolBytes(poolBytes).withDurability(Durability.OS);
  }
}
