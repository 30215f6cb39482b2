package io.drey.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * How long one thread was ready to run and had no processor, as Linux counts it. Made and used by
 * that thread.
 */
final class RunQueue implements AutoCloseable {
  private static final Path COUNTERS = Path.of("/proc/thread-self/schedstat");
  private static final int BYTES_MAX = 128;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES_MAX);

  RunQueue() throws IOException {
    this.channel = FileChannel.open(COUNTERS);
  }

  /** All the time waited so far, in nanoseconds; the second of three numbers. */
  long waitedNanos() throws IOException {
    buffer.clear();
    int read = channel.read(buffer, 0);
    int at = 0;
    while (buffer.get(at) != ' ') {
      at++;
    }
    long nanos = 0;
    for (at++; at < read && buffer.get(at) != ' '; at++) {
      nanos = 10 * nanos + buffer.get(at) - '0';
    }
    return nanos;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
