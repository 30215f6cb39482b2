package io.drey.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation of the reference workload by one thread, beside a recording that in one of each two
 * iterations has all events switched off. So both are measured with the same compiled code and
 * store, and, where iterations are short, at nearly the same time; {@link RecordingCost} compares
 * the iterations.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 40, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 400, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class RecordingBenchmark {
  /** Of which events the settings are used; the others are off. */
  public enum Part {
    /** Of none: what differs then is noise. */
    NONE,
    JDK,
    DREY,
    ALL;

    private boolean has(String event) {
      return switch (this) {
        case NONE -> false;
        case JDK -> !event.startsWith(DREY_EVENTS);
        case DREY -> event.startsWith(DREY_EVENTS);
        case ALL -> true;
      };
    }
  }

  private static final String DREY_EVENTS = "io.drey.";
  private static final String ENABLED = "#enabled";

  /** A file of settings. */
  @Param("jfr-profiles/src/main/resources/io/drey/profile/drey-normal.jfc")
  public String settings = "";

  /** Which of its settings are used. */
  @Param("ALL")
  public Part part = Part.ALL;

  /** The operation. */
  @Param("mix")
  public String operation = "mix";

  /** How many records are loaded. */
  @Param("100000")
  public int n = 100_000;

  /** What an acknowledged change survives. */
  @Param("wal")
  public String profile = "wal";

  private @Nullable Path ground;
  private @Nullable DreyEngine engine;
  private @Nullable Worker worker;
  private @Nullable Recording recording;
  private int iteration;

  /** Loads a tree. */
  @Setup(Level.Trial)
  public void load() throws IOException {
    Records records = new Records(DataSet.of("objstore", n, null));
    Path made = Files.createTempDirectory("drey-benchmark-");
    ground = made;
    Profile place = Profile.valueOf(profile.toUpperCase(Locale.ROOT));
    DreyEngine opened = new DreyEngine(place.config(made.resolve("store"), Profile.poolBytes(n)));
    engine = opened;
    Worker loader = new Worker(opened, records, WorkloadOperation.INSERT, 0);
    for (int i = 0; i < records.size(); i++) {
      loader.load(i);
    }
    WorkloadOperation chosen = WorkloadOperation.valueOf(operation.toUpperCase(Locale.ROOT));
    worker = new Worker(opened, records, chosen, 0);
  }

  /** Starts a recording of nothing. */
  @Setup(Level.Trial)
  public void record() {
    Recording begun = new Recording();
    recording = begun;
    begun.start();
  }

  /** Switches the events on or off. */
  @Setup(Level.Iteration)
  public void begin() throws IOException, ParseException {
    Map<String, String> used = new HashMap<>(Configuration.create(Path.of(settings)).getSettings());
    boolean recorded = isRecorded(iteration++);
    used.replaceAll((name, value) -> isOff(name, recorded) ? "false" : value);
    Objects.requireNonNull(recording).setSettings(used);
  }

  /**
   * Whether the events are on in an iteration, counted from 0 with those of the warm-up: in one of
   * each two. WHY by chance in which: what a store does in the background has a beat of its own.
   */
  static boolean isRecorded(int iteration) {
    boolean first = (new SplitMix64(iteration / 2).next() & 1) == 0;
    return first == (iteration % 2 == 0);
  }

  private boolean isOff(String setting, boolean recorded) {
    return setting.endsWith(ENABLED) && !(recorded && part.has(setting));
  }

  /** Ends the recording, and removes the tree. */
  @TearDown(Level.Trial)
  public void remove() throws IOException {
    if (recording != null) {
      recording.close();
    }
    if (engine != null) {
      engine.close();
    }
    if (ground != null) {
      Footprint.delete(ground);
    }
  }

  /** The operation, once. */
  @Benchmark
  public long run() {
    Worker working = worker;
    if (working == null) {
      throw new IllegalStateException("not loaded");
    }
    working.run();
    return working.sum();
  }
}
