package io.drey.benchmarks;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * How long one thread was ready to run and had no processor, as Linux counts it. Made and used by
 * that thread.
 */
final class RunQueue implements AutoCloseable {
  private static final Path COUNTERS = Path.of("/proc/thread-self/schedstat");
  private static final int BYTES_MAX = 128;

  private final StorageFile file;
  private final MemorySegment text = Arena.ofAuto().allocate(BYTES_MAX);

  RunQueue() throws IOException {
    this.file = Vfs.disk().open(COUNTERS, OpenMode.READ, Caching.BUFFERED);
  }

  /** All the time waited so far, in nanoseconds; the second of three numbers. */
  long waitedNanos() throws IOException {
    int length = file.read(0, text);
    int at = 0;
    while (character(at) != ' ') {
      at++;
    }
    long nanos = 0;
    for (at++; at < length && character(at) != ' '; at++) {
      nanos = 10 * nanos + character(at) - '0';
    }
    return nanos;
  }

  private char character(int at) {
    return (char) text.get(ValueLayout.JAVA_BYTE, at);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
