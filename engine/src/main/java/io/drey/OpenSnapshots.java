package io.drey;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The snapshots of a store that are open. */
final class OpenSnapshots {
  private final Set<HeldMoment> open = ConcurrentHashMap.newKeySet();

  void add(HeldMoment moment) {
    open.add(moment);
  }

  void remove(HeldMoment moment) {
    open.remove(moment);
  }

  /** The age of the oldest one; 0 = none is open. */
  long oldestNanos() {
    return open.stream().mapToLong(HeldMoment::ageNanos).max().orElse(0);
  }
}
