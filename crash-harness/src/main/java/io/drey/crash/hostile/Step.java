package io.drey.crash.hostile;

import io.drey.crash.Operation;

/** One step of a script. */
sealed interface Step {
  /** Does the operation. */
  record Do(Operation operation) implements Step {
    @Override
    public String toString() {
      return operation.toString();
    }
  }

  /** Closes the store and opens it again. */
  record Reopen() implements Step {
    @Override
    public String toString() {
      return "close and open";
    }
  }
}
