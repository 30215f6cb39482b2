package io.drey.benchmarks;

import io.drey.Cursor;
import io.drey.RangeEntry;
import io.drey.Tree;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Single operations on a loaded tree, nanoseconds each. The records are those of the reference
 * workload, drawn at random.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TreeBenchmark {
  private static final int VALUE_BYTES_MAX = 65_535;
  private static final int LIST_ENTRIES = 100;
  private static final int ROLLUP_ENTRIES = 8;

  /** The data set; real needs {@code -Dio.drey.paths}. */
  @Param({"objstore", "fs", "kv"})
  public String data = "objstore";

  /** How many records are loaded. */
  @Param("100000")
  public int n = 100_000;

  /** Where the records live. */
  @Param({"memory", "wal"})
  public String profile = "memory";

  private @Nullable Loaded loaded;

  /** The tree, its records, and the numbers that choose among them. */
  private record Loaded(Path ground, DreyEngine engine, Records records) {
    Tree tree() {
      return engine.tree();
    }
  }

  /** One thread's choice of records. */
  @State(Scope.Thread)
  public static class Choice {
    private final SplitMix64 random = new SplitMix64(SplitMix64.SEED);
    private final MemorySegment target = Arena.ofAuto().allocate(VALUE_BYTES_MAX);
    private final byte[][] several = new byte[Worker.KEYS_AT_ONCE][];
    private long counter;
    private int fresh;

    /** Begins with the first record that is not loaded. */
    @Setup(Level.Iteration)
    public void begin(TreeBenchmark benchmark) {
      fresh = benchmark.loaded().records.size();
    }
  }

  /** Loads a new tree, so that every iteration begins alike. */
  @Setup(Level.Iteration)
  public void load() throws IOException {
    String paths = System.getProperty("io.drey.paths");
    Records records =
        loaded == null
            ? new Records(DataSet.of(data, n, paths == null ? null : Path.of(paths)))
            : loaded.records;
    Path ground = Files.createTempDirectory("drey-benchmark-");
    Profile place = Profile.valueOf(profile.toUpperCase(Locale.ROOT));
    DreyEngine engine =
        new DreyEngine(place.config(ground.resolve("store"), Profile.poolBytes(records.size())));
    Worker worker = new Worker(engine, records, WorkloadOperation.INSERT, 0);
    for (int i = 0; i < records.size(); i++) {
      worker.load(i);
    }
    loaded = new Loaded(ground, engine, records);
  }

  /** Removes the tree. */
  @TearDown(Level.Iteration)
  public void remove() throws IOException {
    loaded().engine.close();
    Footprint.delete(loaded().ground);
  }

  /** The value of a key that is there. */
  @Benchmark
  public byte @Nullable [] get(Choice choice) {
    return loaded().tree().get(key(choice));
  }

  /** The value of a key that is there, into native memory. */
  @Benchmark
  public int getInto(Choice choice) {
    return loaded().tree().get(key(choice), choice.target);
  }

  /** The values of {@link Worker#KEYS_AT_ONCE} keys in one call; the time is that of a key. */
  @Benchmark
  @OperationsPerInvocation(Worker.KEYS_AT_ONCE)
  public Object getAll(Choice choice) {
    for (int i = 0; i < choice.several.length; i++) {
      choice.several[i] = key(choice);
    }
    return loaded().tree().getAll(choice.several);
  }

  /** The value of a key that is not there. */
  @Benchmark
  public byte @Nullable [] getmiss(Choice choice) {
    byte[] key = key(choice).clone();
    key[key.length - 1] = '~';
    return loaded().tree().get(key);
  }

  /** Another value of the same length, the previous one thrown away. */
  @Benchmark
  public void set(Choice choice) {
    loaded().tree().set(key(choice), value(choice));
  }

  /** Another value of the same length, the previous one returned. */
  @Benchmark
  public byte @Nullable [] put(Choice choice) {
    return loaded().tree().put(key(choice), value(choice));
  }

  /** A record that was not there, in order of numbers; the tree grows during an iteration. */
  @Benchmark
  public void insert(Choice choice) {
    DataSet set = loaded().records.set();
    if (!set.isEndless()) {
      throw new IllegalStateException("the data set has no further records");
    }
    int record = choice.fresh++;
    loaded().tree().set(set.key(record), set.value(record));
  }

  /** The first hundred records of a directory, visited. */
  @Benchmark
  public long list(Choice choice) {
    return loaded().engine.list(directory(choice), LIST_ENTRIES);
  }

  /** The last hundred records of a directory, visited from the last on. */
  @Benchmark
  public long listReverse(Choice choice) {
    return loaded().engine.listReverse(directory(choice), LIST_ENTRIES);
  }

  /** The first hundred records of a directory, as objects. */
  @Benchmark
  public void listObjects(Choice choice, Blackhole sink) {
    try (Cursor cursor = loaded().tree().scan(directory(choice)).limit(LIST_ENTRIES).cursor()) {
      while (cursor.hasNext()) {
        RangeEntry entry = cursor.next();
        sink.consume(entry);
      }
    }
  }

  /** The first eight entries of a directory, rolled up at slashes. */
  @Benchmark
  public long rollup(Choice choice) {
    Records records = loaded().records;
    byte[] prefix = records.set().rollupPrefix(choice.random.below(records.size()));
    return loaded()
        .engine
        .rollUp(prefix == null ? new byte[0] : prefix, (byte) '/', ROLLUP_ENTRIES);
  }

  private Loaded loaded() {
    if (loaded == null) {
      throw new IllegalStateException("not loaded");
    }
    return loaded;
  }

  private byte[] key(Choice choice) {
    Records records = loaded().records;
    return records.key(choice.random.below(records.size()));
  }

  private byte[] directory(Choice choice) {
    return loaded().records.set().directory(key(choice));
  }

  private byte[] value(Choice choice) {
    byte[] value = loaded().records.set().value(0);
    ByteBuffer.wrap(value).putLong(0, ++choice.counter);
    return value;
  }
}
