package io.drey.history;

import io.drey.history.Operation.Change;
import io.drey.history.Operation.Reading;

/** One operation in a {@link Search}. */
final class Item {
  final Event event;
  final Operation operation;
  final long[] versions;
  final long[] demands;

  /** The rank among the changes with known versions, -1 = not known. */
  int rank = -1;

  /** How many changes with known versions come before a read of a known moment, -1 = any. */
  int knownBefore = -1;

  /**
   * One operation.
   *
   * @param operation the event's, or a part of it
   * @param versions the versions of a change's steps
   * @param demands values that have to be there when it takes place
   */
  Item(Event event, Operation operation, long[] versions, long[] demands) {
    this.event = event;
    this.operation = operation;
    this.versions = versions;
    this.demands = demands;
  }

  boolean isPassive() {
    return !(operation instanceof Change change) || change.isPassive();
  }

  long moment() {
    return operation instanceof Reading reading ? reading.moment() : 0;
  }

  long knownVersion() {
    for (long version : versions) {
      if (version != 0) {
        return version;
      }
    }
    return 0;
  }
}
