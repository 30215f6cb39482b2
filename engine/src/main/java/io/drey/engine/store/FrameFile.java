package io.drey.engine.store;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.Violation;
import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code data}: slot s lies at s * frame size. It moves whole frames between slots and
 * native, 4096-aligned memory, past the page cache where the file system allows, and verifies
 * nothing that it reads.
 *
 * <p>The file grows ahead of the writes, in larger steps: later forces then have no new length to
 * record. The space is not reserved by that; a full disk is met by {@link #write}, before any
 * force, and leaves the round repeatable.
 *
 * <p>Safe for use by any number of threads. Who may use a slot is {@link SlotSet}'s matter.
 */
public final class FrameFile implements AutoCloseable {
  private static final int STEP_FRAMES_MIN = 8;
  private static final long STEP_BYTES_MAX = 64L << 20;
  private static final int ZEROS_MAX = 1 << 20;
  private static final int BLOCK = StorageFile.DIRECT_ALIGNMENT;

  private final @Nullable StorageFile file;
  private final Path path;
  private final int frameBytes;
  private final ReentrantLock lengthLock = new ReentrantLock();

  /** Slots below it lie inside the file. 0 while the file is being cut. */
  private volatile long slots;

  private FrameFile(@Nullable StorageFile file, Path path, int frameBytes, long slots) {
    this.file = file;
    this.path = path;
    this.frameBytes = frameBytes;
    this.slots = slots;
  }

  /**
   * Opens the file for reading and writing. A missing one is created, and its name made durable, if
   * the manifest names no slot.
   *
   * @param slotsNeeded the slots that the manifest's images need
   * @throws CorruptionException if the file is missing or shorter than that
   */
  public static FrameFile open(Vfs vfs, Path directory, int frameBytes, long slotsNeeded)
      throws IOException {
    return open(vfs, directory, frameBytes, slotsNeeded, Caching.DIRECT);
  }

  /**
   * As above.
   *
   * @param caching BUFFERED for a file that is to be mapped
   */
  public static FrameFile open(
      Vfs vfs, Path directory, int frameBytes, long slotsNeeded, Caching caching)
      throws IOException {
    Path path = directory.resolve(FileNames.DATA);
    if (vfs.exists(path)) {
      return opened(vfs, path, OpenMode.WRITE, frameBytes, slotsNeeded, caching);
    }
    requireNoSlots(path, slotsNeeded);
    // ORDER: the manifest's name is durable first, for there is no data without a manifest. A
    // creation that was killed may have left that name to the page cache.
    vfs.forceDirectory(directory);
    FrameFile created = opened(vfs, path, OpenMode.CREATE_NEW, frameBytes, 0, caching);
    try {
      vfs.forceDirectory(directory);
    } catch (IOException e) {
      created.close();
      throw e;
    }
    return created;
  }

  /** Opens the file for reading alone; a missing one reads as empty if no slot is needed. */
  public static FrameFile openReadOnly(
      Vfs vfs, Path directory, int frameBytes, long slotsNeeded, Caching caching)
      throws IOException {
    Path path = directory.resolve(FileNames.DATA);
    if (vfs.exists(path)) {
      return opened(vfs, path, OpenMode.READ, frameBytes, slotsNeeded, caching);
    }
    requireNoSlots(path, slotsNeeded);
    return new FrameFile(null, path, frameBytes, 0);
  }

  private static void requireNoSlots(Path path, long slotsNeeded) {
    if (slotsNeeded > 0) {
      throw new CorruptionException(
          Check.FILE_PRESENT,
          path,
          Violation.NONE,
          Violation.NONE,
          "the manifest names images in it and it is missing");
    }
  }

  private static FrameFile opened(
      Vfs vfs, Path path, OpenMode mode, int frameBytes, long slotsNeeded, Caching caching)
      throws IOException {
    StorageFile file = vfs.open(path, mode, caching);
    try {
      long bytes = file.size();
      if (bytes / frameBytes < slotsNeeded) {
        throw new CorruptionException(
            Check.FILE_LENGTH,
            path,
            bytes,
            Violation.NONE,
            "the manifest names images in " + slotsNeeded + " slots of " + frameBytes + " bytes");
      }
      return new FrameFile(file, path, frameBytes, bytes / frameBytes);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  public Path path() {
    return path;
  }

  /** What was really got; BUFFERED where the file system refuses direct transfers. */
  public Caching caching() {
    return file == null ? Caching.BUFFERED : file.caching();
  }

  /** Where a slot begins, in bytes. */
  public long offset(long slot) {
    return Math.multiplyExact(slot, (long) frameBytes);
  }

  /**
   * Reads a slot and its successors into {@code frames}, as many as fit.
   *
   * @param frames native, 4096-aligned, a whole number of frames
   * @return bytes read; fewer than asked for only if the file ends there
   */
  public int read(long slot, MemorySegment frames) throws IOException {
    checkFrames(frames);
    return file == null ? 0 : file.read(offset(slot), frames);
  }

  /**
   * Reads the first bytes of a slot into {@code page}.
   *
   * @param page native, 4096-aligned, a multiple of 4096 bytes, at most a frame
   * @return bytes read; fewer than asked for only if the file ends there
   */
  public int readPage(long slot, MemorySegment page) throws IOException {
    return readPage(slot, 0, page);
  }

  /**
   * Reads bytes from inside a slot into {@code page}.
   *
   * @param from where in the slot, a multiple of 4096
   * @param page native, 4096-aligned, a multiple of 4096 bytes, at most the rest of the frame
   * @return bytes read; fewer than asked for only if the file ends there
   */
  public int readPage(long slot, int from, MemorySegment page) throws IOException {
    if (page.byteSize() > frameBytes - from) {
      throw new IllegalArgumentException(page.byteSize() + " bytes are more than a frame");
    }
    return file == null ? 0 : file.read(offset(slot) + from, page);
  }

  /**
   * Writes neighbouring frames into a slot and its successors, all of them taken from the {@link
   * SlotSet} before. Nothing is durable before {@link #force}; after a failure any part of the
   * slots may have been written.
   *
   * @param frames native, 4096-aligned, a whole number of frames
   */
  public void write(long slot, MemorySegment frames) throws IOException {
    checkFrames(frames);
    long behind = slot + frames.byteSize() / frameBytes;
    if (behind > slots) {
      growTo(behind);
    }
    writable().write(offset(slot), frames);
  }

  /** Slots that lie in the file. */
  long slotsInside() throws IOException {
    return bytes() / frameBytes;
  }

  /**
   * Writes zeros into the slots from {@code slot} to before {@code behind}: their space on the disk
   * is reserved, as far as the file system knows such a thing.
   */
  void zero(long slot, long behind) throws IOException {
    if (slot >= behind) {
      return;
    }
    lengthLock.lock();
    try (Arena arena = Arena.ofConfined()) {
      long end = offset(behind);
      MemorySegment zeros = arena.allocate(Math.min(end - offset(slot), ZEROS_MAX), BLOCK);
      for (long at = offset(slot); at < end; at += zeros.byteSize()) {
        writable().write(at, zeros.asSlice(0, Math.min(zeros.byteSize(), end - at)));
      }
      slots = Math.max(slots, behind);
    } finally {
      lengthLock.unlock();
    }
  }

  /** Maps the slots from {@code slot} to before {@code behind}, all of them inside the file. */
  MappedRegion map(long slot, long behind) throws IOException {
    if (file == null) {
      throw new IllegalStateException("there is no file");
    }
    return file.map(offset(slot), offset(behind - slot));
  }

  /** Cuts the file behind so many slots. Nothing is mapped and nobody writes. */
  void cut(long keep) throws IOException {
    lengthLock.lock();
    try {
      writable().truncate(offset(keep));
      slots = writable().size() / frameBytes;
    } finally {
      lengthLock.unlock();
    }
  }

  /** Returns when every write that returned before the call is durable. A failure is final. */
  public void force() throws IOException {
    writable().force();
  }

  /** Length of the file in bytes. */
  public long bytes() throws IOException {
    return file == null ? 0 : file.size();
  }

  /**
   * Gives the slots behind the last one in use back to the file system. Writers of other slots go
   * on; those of slots taken meanwhile wait.
   */
  public void trim(SlotSet set) throws IOException {
    lengthLock.lock();
    try {
      // ORDER: a slot taken after the next line but one is written after the cut: its writer finds
      // no room and waits for the lock. A slot taken before keeps its place.
      slots = 0;
      long keep = set.trimmedLength();
      try {
        writable().truncate(offset(keep));
      } finally {
        slots = writable().size() / frameBytes;
      }
    } finally {
      lengthLock.unlock();
    }
  }

  private void growTo(long needed) throws IOException {
    lengthLock.lock();
    try {
      long inside = writable().size() / frameBytes;
      slots = inside;
      if (needed <= inside) {
        return;
      }
      long bytes = offset(needed);
      long step =
          Math.min(Math.max(bytes / 8, STEP_FRAMES_MIN * (long) frameBytes), STEP_BYTES_MAX);
      long stepFrames = Math.max(1, step / frameBytes);
      long target = (needed + stepFrames - 1) / stepFrames * stepFrames;
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment zeros = arena.allocate(BLOCK, BLOCK);
        writable().write(offset(target) - BLOCK, zeros);
      }
      slots = target;
    } finally {
      lengthLock.unlock();
    }
  }

  private StorageFile writable() {
    if (file == null) {
      throw new IllegalStateException("opened for reading alone");
    }
    return file;
  }

  private void checkFrames(MemorySegment frames) {
    if (frames.byteSize() == 0 || frames.byteSize() % frameBytes != 0) {
      throw new IllegalArgumentException(frames.byteSize() + " bytes are no whole frames");
    }
  }

  /** Closes the file; what was not forced reaches the disk at the system's leisure. */
  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
