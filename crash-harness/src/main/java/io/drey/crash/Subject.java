package io.drey.crash;

import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.random.RandomGenerator;

/**
 * A store under test: how it is opened, what is done to it, and what its errors mean.
 *
 * <p>The harness may open a subject many times, one store at a time in one directory, from several
 * threads in different directories. For killed child processes the class needs a public constructor
 * without parameters.
 */
public interface Subject {
  /**
   * Opens the store in {@code directory}, which exists: makes it new if there is none, recovers it
   * if it was not closed. All file access goes through {@code vfs}.
   */
  Store open(Vfs vfs, Path directory) throws Exception;

  /**
   * The next operation of the workload, drawn with {@code random} and nothing else that varies.
   *
   * @param model what the store holds now; not to be changed
   */
  Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model);

  /** What it means that {@link #open} or a method of {@link Store} threw {@code failure}. */
  default Failure classify(Throwable failure) {
    return Failure.BUG;
  }

  /** An open store, used by one thread. */
  interface Store extends AutoCloseable {
    /** Does the operation; returns when it is acknowledged. */
    Ack apply(Operation operation) throws Exception;

    /** Everything the store holds, read through its public face. */
    NavigableMap<Bytes, Bytes> dump() throws Exception;

    /** Every broken structural invariant, one a line; empty = sound. */
    default List<String> check() throws Exception {
      return List.of();
    }

    /** Ends the store in order: the next {@link Subject#open} finds everything acknowledged. */
    @Override
    void close() throws IOException;
  }
}
