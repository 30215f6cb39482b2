package io.drey.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The long campaign: run after run, setting after setting, as it is and disturbed, each in a
 * process of its own under the {@link Watchdog}, until the time is over or something is wrong. Ends
 * with 0 when nothing was, else with 1.
 *
 * <p>Arguments: {@code --minutes N} (60), {@code --seed N} (drawn, and printed), {@code --setting
 * NAME} (all in turn).
 */
public final class Campaign {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SECONDS_A_TURN = 60;

  /** How the engine of a run is loaded. */
  enum Engine {
    AS_IT_IS,
    /** As {@link DisturbedClasses}. */
    DISTURBED
  }

  private Campaign() {}

  /** Runs what the arguments ask for. */
  public static void main(String[] arguments) throws Exception {
    Map<String, String> asked = new LinkedHashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      asked.put(arguments[i], arguments[i + 1]);
    }
    long seed = Long.parseLong(asked.getOrDefault("--seed", Long.toString(System.nanoTime())));
    long minutes = Long.parseLong(asked.getOrDefault("--minutes", "60"));
    List<Setting> settings =
        asked.containsKey("--setting")
            ? List.of(Setting.valueOf(asked.get("--setting")))
            : List.of(Setting.values());
    System.out.println("seed " + seed);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    Report all = Report.NOTHING;
    boolean clean = true;
    for (int turn = 0; clean && System.nanoTime() < end; turn++) {
      Setting setting = settings.get(turn % settings.size());
      Engine engine = Engine.values()[turn / settings.size() % Engine.values().length];
      long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
      int seconds = Math.clamp(left, 1, SECONDS_A_TURN);
      Path ground = Files.createTempDirectory("drey-history");
      Watchdog.Result result = run(setting, engine, seed + turn, seconds, ground);
      clean = result.ending() == Watchdog.Ending.WELL;
      Report report = result.report();
      all = all.plus(report);
      System.out.println(
          "%s %s, seed %d: %s"
              .formatted(
                  setting, engine, seed + turn, clean ? report.line() : result.ending().name()));
      if (clean) {
        delete(ground);
      } else {
        System.out.println(result.output() + "\nthe files are kept in " + ground);
      }
    }
    System.out.println("in all: " + all.line());
    System.exit(clean ? 0 : 1);
  }

  /** One run in a process of its own. */
  static Watchdog.Result run(Setting setting, Engine engine, long seed, int seconds, Path ground)
      throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add(setting.name());
    arguments.add(Long.toString(seed));
    arguments.add(Integer.toString(seconds));
    arguments.add(ground.toString());
    if (engine == Engine.DISTURBED) {
      arguments.add(Child.DISTURBED);
    }
    String frames = "-Dio.drey.frameBytes=" + setting.frameBytes;
    return new Watchdog(PATIENCE).follow(Child.class, List.of(frames), arguments);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
