package io.drey.stress;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.TestInfo;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.infra.runners.TestList;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.OSSupport;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * Runs trials by jcstress, each in a JVM of its own, one after the other.
 *
 * <p>WHY not by jcstress' own program: it gives all tests the same class path, and a canary is a
 * class path.
 */
final class Jcstress {
  /** Threads of a test, and processors it needs. */
  static final int THREADS = 2;

  /** Short strides: the threads meet at the beginning of each, and drift apart in its course. */
  private static final int STRIDE = 32;

  private static final int ITERATIONS = 2;

  private final Options options;
  private final Scheduler scheduler;
  private final Map<Canary, Path> planted = new HashMap<>();

  /** Each trial samples for so many milliseconds. */
  Jcstress(int millis) throws IOException {
    String line =
        "-iters %d -time %d -strideSize %d -strideCount 100 -c %d -af NONE -hs 512 -pth false"
            .formatted(ITERATIONS, millis / ITERATIONS, STRIDE, THREADS);
    options = new Options(line.split(" "));
    if (!options.parse()) {
      throw new IllegalStateException("jcstress refuses " + line);
    }
    OSSupport.init();
    VMSupport.initFlags(options);
    try {
      scheduler = new Scheduler(Topology.get(), options.getCPUCount());
    } catch (Exception e) {
      throw new IllegalStateException("jcstress cannot read the machine's topology", e);
    }
  }

  /** The simple names of all tests. */
  static List<String> subjects() {
    return TestList.tests().stream().map(Jcstress::simpleName).sorted().toList();
  }

  private static String simpleName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** What each trial has shown, in the order given. */
  Map<Trial, Sighting> run(List<Trial> trials) throws IOException {
    Map<TestConfig, Trial> byConfig = new IdentityHashMap<>();
    for (Trial trial : trials) {
      byConfig.put(config(trial), trial);
    }
    InProcessCollector collector = new InProcessCollector();
    new TestExecutor(options.verbosity(), collector, scheduler)
        .runAll(new ArrayList<>(byConfig.keySet()));
    Map<Trial, TestResult> results = new HashMap<>();
    for (TestResult result : collector.getTestResults()) {
      results.put(byConfig.get(result.getConfig()), result);
    }
    Map<Trial, Sighting> sightings = new LinkedHashMap<>();
    for (Trial trial : trials) {
      sightings.put(trial, Sighting.of(trial, results.get(trial)));
    }
    return sightings;
  }

  private TestConfig config(Trial trial) throws IOException {
    List<String> jvmArgs = new ArrayList<>(trial.order().jvmArgs);
    Canary canary = trial.canary();
    if (canary != null) {
      if (!planted.containsKey(canary)) {
        planted.put(canary, canary.plant());
      }
      jvmArgs.add("-cp");
      jvmArgs.add(planted.get(canary) + File.pathSeparator + System.getProperty("java.class.path"));
    }
    var anywhere = scheduler.scheduleClasses(THREADS, THREADS, AffinityMode.NONE).getFirst();
    return new TestConfig(options, info(trial.subject()), 0, jvmArgs, trial.levels(), anywhere);
  }

  private static TestInfo info(String subject) {
    for (String name : TestList.tests()) {
      if (simpleName(name).equals(subject)) {
        return TestList.getInfo(name);
      }
    }
    throw new IllegalStateException("no test " + subject);
  }
}
