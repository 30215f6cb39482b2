package io.drey.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the workload runs, read from arguments of the form {@code name=value}.
 *
 * @param profile memory, wal or sync
 * @param dataSet objstore, fs, kv or real
 * @param records how many records
 * @param operations which operations, in this order; inserting always comes first
 * @param threads how many threads, one cell for each number
 * @param warmUp before each cell
 * @param measure each repeat
 * @param repeats how often; the median counts
 * @param directory where stores are made
 * @param paths the file of paths for the data set real
 * @param poolBytes the pool, 0 for that of the reference workload
 * @param storage how the data file is accessed
 */
record WorkloadOptions(
    Profile profile,
    String dataSet,
    int records,
    List<WorkloadOperation> operations,
    List<Integer> threads,
    Duration warmUp,
    Duration measure,
    int repeats,
    Path directory,
    @Nullable Path paths,
    long poolBytes,
    Profile.DataFile storage) {
  static final String USAGE =
      """
      workload [name=value]...
        profile=memory|wal|sync      where the records live (wal)
        data=objstore|fs|kv|real     the data set (objstore)
        n=NUMBER                     records (100000; for real 0 = all)
        ops=LIST                     get,getmiss,put,mixed,list,listkeys,listdir,createdel,rename,
                                     mix,getinto,getall,listreverse (all that the data set knows;
                                     insert is always reported)
        threads=LIST                 threads, one cell for each (1)
        warmup=MS measure=MS         milliseconds of warm-up and of each repeat (2000, 3000)
        repeats=NUMBER               the median is reported (3)
        dir=PATH                     where stores are made (the system's temporary directory)
        paths=FILE                   paths of the data set real, one a line, gzip is recognised
        pool=MIB                     the pool (64, from 500001 records on 512)
        storage=direct|mapped        how the data file is accessed (direct)
      """;

  private static final Set<String> NAMES =
      Set.of(
          "profile", "data", "n", "ops", "threads", "warmup", "measure", "repeats", "dir", "paths",
          "pool", "storage");

  /** Reads arguments; those that are missing have the values of the reference workload. */
  static WorkloadOptions of(String... arguments) {
    Properties given = new Properties();
    for (String argument : arguments) {
      int split = argument.indexOf('=');
      if (split < 0 || !NAMES.contains(argument.substring(0, split))) {
        throw new IllegalArgumentException("not understood: " + argument + "\n" + USAGE);
      }
      given.setProperty(argument.substring(0, split), argument.substring(split + 1));
    }
    String data = given.getProperty("data", "objstore");
    String paths = given.getProperty("paths", System.getProperty("io.drey.paths"));
    return new WorkloadOptions(
        Profile.valueOf(given.getProperty("profile", "wal").toUpperCase(Locale.ROOT)),
        data,
        Integer.parseInt(given.getProperty("n", "100000")),
        operations(given.getProperty("ops"), data),
        Arrays.stream(given.getProperty("threads", "1").split(",", -1))
            .map(Integer::valueOf)
            .toList(),
        Duration.ofMillis(Long.parseLong(given.getProperty("warmup", "2000"))),
        Duration.ofMillis(Long.parseLong(given.getProperty("measure", "3000"))),
        Integer.parseInt(given.getProperty("repeats", "3")),
        Path.of(given.getProperty("dir", System.getProperty("java.io.tmpdir"))),
        paths == null ? null : Path.of(paths),
        Long.parseLong(given.getProperty("pool", "0")) << 20,
        Profile.DataFile.valueOf(given.getProperty("storage", "direct").toUpperCase(Locale.ROOT)));
  }

  private static List<WorkloadOperation> operations(@Nullable String names, String data) {
    List<WorkloadOperation> operations = new ArrayList<>();
    if (names == null) {
      operations.addAll(List.of(WorkloadOperation.values()));
    } else {
      for (String name : names.split(",", -1)) {
        operations.add(WorkloadOperation.valueOf(name.toUpperCase(Locale.ROOT)));
      }
    }
    operations.removeIf(o -> o == WorkloadOperation.INSERT);
    if (data.equals("kv")) {
      operations.removeIf(WorkloadOperation::needsPaths);
    }
    if (new HashSet<>(operations).size() < operations.size()) {
      throw new IllegalArgumentException("an operation is named twice");
    }
    return operations;
  }
}
