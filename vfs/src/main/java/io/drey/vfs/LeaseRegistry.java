package io.drey.vfs;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * All leases of this process on files of the operating system.
 *
 * <p>WHY static: POSIX locks belong to the process, not to a descriptor. They do not keep two
 * holders in one process apart, and closing <em>any</em> descriptor of the file drops them. So this
 * table decides between holders of this process before a descriptor is opened, and keeps one
 * descriptor for all of them (INVARIANT V3).
 *
 * <p>A held lock file is found by its identity, however its path is spelled, and by its place
 * (identity of the directory, and name), so that deleting a held lock file does not open the door.
 */
final class LeaseRegistry {
  /** Guards everything below, the opening and closing of lock files included. */
  private static final ReentrantLock LOCK = new ReentrantLock();

  private static final Map<FileIdentity, Held> BY_FILE = new HashMap<>();
  private static final Map<Place, Held> BY_PLACE = new HashMap<>();

  /**
   * Descriptors of lock files that code loaded apart from this class has locked in this process.
   * They stay open to the end of the process: closing one would drop that lock.
   */
  private static final Map<FileIdentity, AsynchronousFileChannel> FOREIGN = new HashMap<>();

  private record Place(FileIdentity directory, Path name) {}

  private LeaseRegistry() {}

  /** Whether this process holds a lease on the file. */
  static boolean holds(FileIdentity file) {
    LOCK.lock();
    try {
      return BY_FILE.containsKey(file) || FOREIGN.containsKey(file);
    } finally {
      LOCK.unlock();
    }
  }

  /** Takes a lease, or returns null if somebody is in the way. */
  static @Nullable FileLease take(Path file, LeaseKind kind) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    Path name = absolute.getFileName();
    if (parent == null || name == null) {
      throw FileFailure.of(file, "not a lock file");
    }
    LOCK.lock();
    try {
      Place place = new Place(FileIdentity.of(parent), name);
      Held held = BY_PLACE.get(place);
      while (held == null) {
        FileIdentity identity = identify(absolute, kind);
        held = BY_FILE.get(identity);
        if (held == null) {
          AsynchronousFileChannel channel = lock(absolute, identity, kind);
          if (channel == null) {
            return null;
          }
          if (leadsTo(absolute, identity)) {
            held = new Held(place, identity, kind, channel);
            BY_PLACE.put(place, held);
            BY_FILE.put(identity, held);
            return new Lease(file, held);
          }
          // Deleted or replaced meanwhile: a lock on a file without a name keeps nobody away.
          channel.close();
        }
      }
      if (held.kind == LeaseKind.EXCLUSIVE || kind == LeaseKind.EXCLUSIVE) {
        return null;
      }
      held.count++;
      return new Lease(file, held);
    } finally {
      LOCK.unlock();
    }
  }

  private static FileIdentity identify(Path file, LeaseKind kind) throws IOException {
    while (true) {
      try {
        return FileIdentity.of(file);
      } catch (NoSuchFileException e) {
        if (kind == LeaseKind.SHARED) {
          throw e;
        }
      }
      try {
        // The descriptor closed in here is of a file that is new, so it drops nobody's lock.
        Files.createFile(file);
      } catch (FileAlreadyExistsException e) {
        if (Files.isSymbolicLink(file) && !Files.exists(file)) {
          throw e;
        }
      }
    }
  }

  private static boolean leadsTo(Path file, FileIdentity identity) throws IOException {
    try {
      return identity.equals(FileIdentity.of(file));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** The channel that holds the lock, or null if another process has it. */
  private static @Nullable AsynchronousFileChannel lock(
      Path file, FileIdentity identity, LeaseKind kind) throws IOException {
    AsynchronousFileChannel channel = FOREIGN.get(identity);
    if (channel == null) {
      channel =
          kind == LeaseKind.SHARED
              ? AsynchronousFileChannel.open(file, StandardOpenOption.READ)
              : AsynchronousFileChannel.open(
                  file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
    boolean keep = false;
    try {
      keep = channel.tryLock(0, Long.MAX_VALUE, kind == LeaseKind.SHARED) != null;
      if (keep) {
        FOREIGN.remove(identity);
      }
      return keep ? channel : null;
    } catch (OverlappingFileLockException e) {
      FOREIGN.put(identity, channel);
      return null;
    } finally {
      if (!keep && !FOREIGN.containsKey(identity)) {
        channel.close();
      }
    }
  }

  /** One locked file and the number of leases that share it; guarded by {@link #LOCK}. */
  private static final class Held {
    final Place place;
    final FileIdentity identity;
    final LeaseKind kind;
    final AsynchronousFileChannel channel;
    int count = 1;

    Held(Place place, FileIdentity identity, LeaseKind kind, AsynchronousFileChannel channel) {
      this.place = place;
      this.identity = identity;
      this.kind = kind;
      this.channel = channel;
    }

    void release() throws IOException {
      LOCK.lock();
      try {
        count--;
        if (count == 0) {
          BY_PLACE.remove(place);
          BY_FILE.remove(identity);
          channel.close();
        }
      } finally {
        LOCK.unlock();
      }
    }
  }

  private static final class Lease implements FileLease {
    private final Path file;
    private final Held held;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Lease(Path file, Held held) {
      this.file = file;
      this.held = held;
    }

    @Override
    public Path file() {
      return file;
    }

    @Override
    public LeaseKind kind() {
      return held.kind;
    }

    @Override
    public void close() throws IOException {
      if (open.compareAndSet(true, false)) {
        try {
          held.release();
        } catch (IOException e) {
          throw FileFailure.naming(file, e);
        }
      }
    }
  }
}
