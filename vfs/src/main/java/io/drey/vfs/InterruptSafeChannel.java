package io.drey.vfs;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file's channel that interrupts do not harm (INVARIANT V1).
 *
 * <p>An interrupt closes a {@link FileChannel} for every thread that uses it. So there are two: the
 * <em>working</em> channel, which carries reads and writes on the caller's thread at full speed and
 * is opened anew when an interrupt closed it, and the <em>anchor</em>, an {@link
 * AsynchronousFileChannel} that interrupts do not reach and that is open from the first moment to
 * {@link #close}.
 *
 * <p>The working channel can only be opened anew while the path still leads to the same file; and a
 * storm of interrupts could close it again and again. Transfers then go through the anchor, slower
 * by a change of threads and a copy.
 *
 * <p>Forces go through the anchor always. WHY (INVARIANT V2): the system reports a failed
 * write-back once to each descriptor that was open when it happened. A force on the working channel
 * that an interrupt ends may have eaten that report, and a channel opened afterwards never gets it.
 * The anchor was open before the first write, and its forces are never cut short.
 */
final class InterruptSafeChannel {
  /** Closings by interrupts, the caller's own or others', that one transfer tries again after. */
  private static final int ATTEMPTS = 4;

  /** Largest piece copied on its way through the anchor. */
  private static final int COPY_BYTES = 1 << 20;

  private enum Direction {
    READ,
    WRITE
  }

  private final Path path;
  private final FileIdentity identity;
  private final Set<OpenOption> options;
  private final AsynchronousFileChannel anchor;
  private final ReentrantLock lifecycle = new ReentrantLock();
  private volatile FileChannel working;
  private volatile boolean closed;

  /** Takes over two channels of one file; {@code options} are what the working one reopens with. */
  InterruptSafeChannel(
      Path path,
      FileIdentity identity,
      Set<OpenOption> options,
      AsynchronousFileChannel anchor,
      FileChannel working) {
    this.path = path;
    this.identity = identity;
    this.options = options;
    this.anchor = anchor;
    this.working = working;
  }

  long size() throws IOException {
    return anchor.size();
  }

  void truncate(long bytes) throws IOException {
    anchor.truncate(bytes);
  }

  void force() throws IOException {
    anchor.force(false);
  }

  /** One read of at most the segment's length; 0 at the end of the file. */
  int read(long position, MemorySegment target) throws IOException {
    return Math.max(0, transfer(Direction.READ, position, target));
  }

  /** One write of at least one byte, of at most the segment's length. */
  int write(long position, MemorySegment source) throws IOException {
    return transfer(Direction.WRITE, position, source);
  }

  /** Closes both channels; threads inside get {@link FileClosedException}. Idempotent. */
  void close() throws IOException {
    lifecycle.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try {
        working.close();
      } finally {
        anchor.close();
      }
    } finally {
      lifecycle.unlock();
    }
  }

  private int transfer(Direction direction, long position, MemorySegment segment)
      throws IOException {
    // A flag set before the call would close the channel as surely as one set during it.
    boolean interrupted = Thread.interrupted();
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        FileChannel current = working;
        ByteBuffer buffer = segment.asByteBuffer();
        try {
          return direction == Direction.READ
              ? current.read(buffer, position)
              : current.write(buffer, position);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          if (!reopen(current)) {
            break;
          }
        }
      }
      return viaAnchor(direction, position, segment);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Replaces a working channel found closed. False if the path leads elsewhere or cannot open. */
  private boolean reopen(FileChannel found) throws IOException {
    lifecycle.lock();
    try {
      if (closed) {
        throw new FileClosedException(path);
      }
      if (!working.equals(found)) {
        return true;
      }
      FileChannel opened = openSame(path, identity, options);
      if (opened == null) {
        return false;
      }
      working = opened;
      return true;
    } catch (FileClosedException e) {
      throw e;
    } catch (IOException e) {
      return false;
    } finally {
      lifecycle.unlock();
    }
  }

  /** Opens the path if it leads to that file before and after the opening, else null. */
  static @Nullable FileChannel openSame(Path path, FileIdentity identity, Set<OpenOption> options)
      throws IOException {
    if (!identity.equals(FileIdentity.of(path))) {
      return null;
    }
    FileChannel opened = FileChannel.open(path, options);
    boolean same = false;
    try {
      same = identity.equals(FileIdentity.of(path));
    } finally {
      if (!same) {
        opened.close();
      }
    }
    return same ? opened : null;
  }

  /** Copies, because the caller's segment may be confined to its thread. */
  private int viaAnchor(Direction direction, long position, MemorySegment segment)
      throws IOException {
    long bytes = Math.min(segment.byteSize(), COPY_BYTES);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment copy = arena.allocate(bytes, StorageFile.DIRECT_ALIGNMENT);
      if (direction == Direction.WRITE) {
        copy.copyFrom(segment.asSlice(0, bytes));
        return Uninterrupted.get(anchor.write(copy.asByteBuffer(), position));
      }
      int read = Uninterrupted.get(anchor.read(copy.asByteBuffer(), position));
      if (read > 0) {
        MemorySegment.copy(copy, 0, segment, 0, read);
      }
      return read;
    }
  }
}
