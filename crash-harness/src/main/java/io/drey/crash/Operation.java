package io.drey.crash;

import java.util.NavigableMap;

/**
 * One step of a workload. It says what it does to a model of the store, and the subject knows how
 * to do it to the store itself. Immutable; {@code toString} is one line for reports.
 *
 * <p>An operation is atomic: all its changes survive a crash, or none. One that changes nothing,
 * such as a checkpoint, is legal, and its acknowledgement may still promise something.
 */
public interface Operation {
  /** Applies the operation to the model. Deterministic; never fails. */
  void applyTo(NavigableMap<Bytes, Bytes> model);

  /**
   * Whether the operation closes the store and opens it again: what it holds afterwards it has read
   * from the disk, and after lies of the disk that may be an older state.
   */
  default boolean reopens() {
    return false;
  }

  /** The key then holds the value. */
  record Put(Bytes key, Bytes value) implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      model.put(key, value);
    }
  }

  /** The key is then absent. */
  record Delete(Bytes key) implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      model.remove(key);
    }
  }
}
