package io.drey.vfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tree of files and directories. Safe for use by any number of threads; no method is reached by
 * {@link Thread#interrupt}.
 *
 * <p>A name is durable apart from the file's bytes: what creation, {@link #rename} and {@link
 * #delete} did is certain to survive a power cut only after {@link #forceDirectory} of the
 * directory that holds the name has returned. Until then each of them may or may not have happened,
 * one independent of the other.
 */
public interface Vfs {
  /** The file system of the operating system. */
  static Vfs disk() {
    return new DiskVfs();
  }

  /**
   * A new and empty file system in memory, with the same contract. Its roots, {@code "/"} and the
   * empty path, exist. Nothing in it survives the process.
   */
  static Vfs memory() {
    return new MemoryVfs();
  }

  /**
   * Opens a regular file. {@link Caching#DIRECT} is a wish: {@link StorageFile#caching} tells what
   * was got.
   *
   * @throws java.nio.file.NoSuchFileException if it does not exist (READ, WRITE)
   * @throws java.nio.file.FileAlreadyExistsException if it exists (CREATE_NEW)
   */
  StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException;

  /** Whether the path names a file or a directory; an error other than its absence is thrown. */
  boolean exists(Path path) throws IOException;

  /**
   * Names, without their directory, of all that {@code directory} holds, sorted. A name the
   * platform's charset cannot express comes out garbled and is good for nothing but being skipped.
   */
  List<String> list(Path directory) throws IOException;

  /**
   * Creates one directory in an existing one.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the name is taken
   */
  void createDirectory(Path directory) throws IOException;

  /**
   * Gives {@code from} the name {@code to} in one atomic step, replacing a file of that name. Open
   * files stay attached to what they opened. After a power cut the name {@code to} stands for the
   * old or the new file, never for none or a mixture; the new file's bytes are only there if they
   * were forced before.
   */
  void rename(Path from, Path to) throws IOException;

  /**
   * Removes a file or an empty directory. An open file stays usable until it is closed.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  void delete(Path path) throws IOException;

  /** Returns when every name created, renamed or deleted in the directory before is durable. */
  void forceDirectory(Path directory) throws IOException;

  /**
   * Takes a lease without waiting. An EXCLUSIVE one creates a missing lock file; a SHARED one
   * changes nothing on disk and needs the file to exist. The lock file is for this purpose alone:
   * its content is never read or written, and {@link #open} refuses it while this process holds the
   * lease.
   *
   * @return null if another holder in this process or another process is in the way
   */
  @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException;

  /** Where a store in this file system gets its background threads from. */
  default Threads threads() {
    return Threads.PLATFORM;
  }
}
