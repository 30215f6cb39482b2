package io.drey.benchmarks;

import java.io.IOException;

/** What takes durable commits from several threads at once. */
interface CommitTarget extends AutoCloseable {
  /** The commits of one thread. */
  @FunctionalInterface
  interface Committer {
    /** Appends one record and returns when it is on stable storage. */
    void commit() throws IOException;
  }

  /** The committer of thread number {@code thread}; used by that thread alone. */
  Committer committer(int thread);

  /** Forces issued so far. */
  long forces();

  @Override
  void close() throws IOException;
}
