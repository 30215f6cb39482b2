package io.drey;

import io.drey.engine.event.SlowOperation;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one call that may take long, timed where a recording wants slow calls. A call that
 * only reads and writes memory has none, and pays nothing. One thread.
 */
final class Steps {
  /** What may take long. */
  enum Step {
    PACE,
    JOURNAL,
    MEMORY,
    LOAD,
    GATE,
    CONFLICTS,
    ACKNOWLEDGE
  }

  private static final SlowOperation WANTED = new SlowOperation();

  private final long store;
  private final String operation;

  /** Null until the first step. */
  private @Nullable SlowOperation event;

  private long first;
  private long began;

  // The step that took most so far.
  private String dominant = "";
  private long most;

  /**
   * @param store the number under which events tell the store
   * @param operation what the user called
   */
  Steps(long store, String operation) {
    this.store = store;
    this.operation = operation;
  }

  /** A step begins that may take long. */
  void begin() {
    SlowOperation slow = event;
    if (slow != null) {
      began = System.nanoTime();
    } else if (WANTED.isEnabled()) {
      slow = new SlowOperation();
      slow.begin();
      event = slow;
      began = System.nanoTime();
      first = began;
    }
  }

  /** The step that began last has ended. */
  void end(Step step) {
    SlowOperation slow = event;
    if (slow != null) {
      long nanos = System.nanoTime() - began;
      switch (step) {
        case PACE -> longest("Back-Pressure", slow.pace += nanos);
        case JOURNAL -> longest("Journal", slow.journal += nanos);
        case MEMORY -> longest("Memory", slow.memory += nanos);
        case LOAD -> longest("Load", slow.load += nanos);
        case GATE -> longest("Gate", slow.gate += nanos);
        case CONFLICTS -> longest("Conflicts", slow.conflicts += nanos);
        case ACKNOWLEDGE -> longest("Acknowledge", slow.acknowledge += nanos);
      }
    }
  }

  private void longest(String step, long nanos) {
    if (nanos > most) {
      most = nanos;
      dominant = step;
    }
  }

  /** The call has ended. */
  void close() {
    SlowOperation slow = event;
    if (slow == null) {
      return;
    }
    event = null;
    slow.end();
    if (slow.shouldCommit()) {
      long known =
          slow.pace
              + slow.journal
              + slow.memory
              + slow.load
              + slow.gate
              + slow.conflicts
              + slow.acknowledge;
      slow.store = store;
      slow.operation = operation;
      slow.other = Math.max(0, System.nanoTime() - first - known);
      longest("Other", slow.other);
      slow.dominant = dominant;
      slow.commit();
    }
  }
}
