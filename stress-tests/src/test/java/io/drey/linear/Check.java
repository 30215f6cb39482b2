package io.drey.linear;

import io.drey.engine.frame.LatchedPair;
import io.drey.journal.SharedTail;
import java.util.List;
import java.util.Set;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuarantee;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;

/** What Lincheck is asked, and how. */
enum Check {
  /** Threads run as they come, on trees in memory. */
  MEMORY_TREE(MemoryMap.class, MapModel.class),
  /** The same on stored trees, most of which is out of memory. */
  STORED_TREE(StoredMap.class, MapModel.class),
  /** Every interleaving with few switches, within bounds, of threads at a latch. */
  LATCH(LatchedPair.class, LatchedPair.Model.class),
  /** The same at the journal's tail. */
  TAIL(SharedTail.class, SharedTail.Model.class),
  /** The same in a whole tree, small as it is; only {@link SwitchPoints} let it see into frames. */
  TINY_TREE(TinyMap.class, TinyMap.Model.class);

  private static final long SEED = 1;

  /** More than any loop of the engine takes in a tiny tree; one that takes more has hung. */
  private static final int MOST_ROUNDS = 200;

  /**
   * Classes whose handles on byte arrays the model checker refuses: it looks on each call to them
   * as one step.
   */
  private static final Set<String> OPAQUE =
      Set.of(
          "io.drey.TreeKeys",
          "io.drey.engine.art.KeyMatch",
          "io.drey.engine.art.WalkPath",
          "io.drey.engine.log.MutationCodec",
          "io.drey.journal.RecordFrame");

  private final Class<?> subject;
  private final Class<?> model;

  Check(Class<?> subject, Class<?> model) {
    this.subject = subject;
    this.model = model;
  }

  /**
   * Runs so many programs of a few operations, each so many times.
   *
   * @return what is wrong, null if nothing was found
   */
  @Nullable String run(int programs, int times) {
    try (SharedMap memory = SharedMap.inMemory(SEED);
        SharedMap files = SharedMap.inFiles(SEED)) {
      MemoryMap.live(memory);
      StoredMap.live(files);
      options(programs, times).check(subject);
      List<?> violations = this == STORED_TREE ? files.tree.check() : memory.tree.check();
      System.out.printf("%s: %,d programs, %,d times%n", this, programs, times);
      return violations.isEmpty() ? null : violations.toString();
    } catch (LincheckAssertionError e) {
      return e.getMessage();
    }
  }

  private Options<?, ?> options(int programs, int times) {
    return switch (this) {
      case MEMORY_TREE, STORED_TREE ->
          new StressOptions()
              .threads(3)
              .actorsPerThread(3)
              .actorsBefore(2)
              .actorsAfter(1)
              .iterations(programs)
              .invocationsPerIteration(times)
              .minimizeFailedScenario(false)
              .sequentialSpecification(model);
      case LATCH, TAIL -> interleavings(programs, times);
      case TINY_TREE ->
          interleavings(programs, times)
              .loopIterationsBeforeThreadSwitch(MOST_ROUNDS)
              .loopBound(10 * MOST_ROUNDS);
    };
  }

  private ModelCheckingOptions interleavings(int programs, int times) {
    return new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(1)
        .actorsAfter(1)
        .iterations(programs)
        .invocationsPerIteration(times)
        .minimizeFailedScenario(false)
        .addGuarantee(opaque())
        .sequentialSpecification(model);
  }

  private static ManagedStrategyGuarantee opaque() {
    return ManagedStrategyGuaranteeKt.forClasses(OPAQUE::contains).allMethods().ignore();
  }
}
