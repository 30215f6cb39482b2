package io.drey.recovery;

import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultKind;
import io.drey.recovery.mutate.Mutation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A planted bug, that some rung of the harness has to catch.
 *
 * @param name a few words, unique
 * @param bug what is wrong, for a reader of the detection matrix
 * @param shape the store in which it shows
 * @param workload the workload in which it shows
 * @param faults the faults of a disk under which it may show
 * @param mutations the bug
 */
public record Canary(
    String name,
    String bug,
    StoreShape shape,
    Workload workload,
    Set<FaultKind> faults,
    List<Mutation> mutations) {

  /** A bug that shows in small frames with durability SYNC. */
  static Canary of(String name, String bug, Mutation... mutations) {
    return new Canary(
        name,
        bug,
        StoreShape.small(Promise.POWER_LOSS),
        Workload.SMALL,
        StoreShape.small(Promise.POWER_LOSS).faults(),
        List.of(mutations));
  }

  /** The bug in a store of another shape. */
  Canary in(StoreShape other) {
    return new Canary(name, bug, other, workload, other.faults(), mutations);
  }

  /** The bug under another workload. */
  Canary under(Workload other) {
    return new Canary(name, bug, shape, other, faults, mutations);
  }

  /** The bug, where only some faults can show it: looked for under these alone. */
  Canary shownBy(FaultKind first, FaultKind... more) {
    return new Canary(name, bug, shape, workload, EnumSet.of(first, more), mutations);
  }

  /** The rungs, the one first that shows the bug soonest. */
  List<Rung> order(Set<Rung> rungs) {
    List<Rung> order = new ArrayList<>(rungs);
    if (faults.size() < shape.faults().size() && order.remove(Rung.FAULTS)) {
      order.addFirst(Rung.FAULTS);
    }
    return order;
  }

  /** The engine with the bug. */
  public DreySubject subject() {
    return new DreySubject(shape, workload, mutations);
  }

  /** Every canary there is. */
  public static List<Canary> all() {
    List<Canary> all = new ArrayList<>();
    all.addAll(CheckpointCanaries.ALL);
    all.addAll(StoreCanaries.ALL);
    all.addAll(MappedCanaries.ALL);
    all.addAll(JournalCanaries.ALL);
    all.addAll(RecoveryCanaries.ALL);
    all.addAll(BlobStoreCanaries.ALL);
    return all;
  }

  @Override
  public String toString() {
    return name;
  }
}
