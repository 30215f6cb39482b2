package io.drey.engine.store;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.LockedException;
import io.drey.Violation;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of a store: what it holds, and the order in which a store comes into being.
 *
 * <p>Creation: the directory (its parent forced), {@code lock}, {@code manifest-1} by rename (the
 * directory forced), then {@code data} and the journal. So a directory without a manifest holds at
 * most {@code lock} and temporary files, unless something was lost.
 *
 * <pre>
 *  manifest   data or journal-*   other names   verdict
 *  yes        any                 any           STORE
 *  no         no                  no            NEW: nothing but lock and temporary files
 *  no         no                  yes           refused: not a store
 *  no         yes                 no            corruption: the manifest is missing
 *  no         yes                 yes, lock     corruption: the manifest is missing
 *  no         yes                 yes, no lock  refused: not a store
 * </pre>
 *
 * <p>Nothing is changed before the verdict; {@code lost+found} counts as nothing.
 */
public final class StoreDirectory {
  /** What a directory that can be opened holds. */
  public enum Content {
    /** Nothing, or what a creation that was cut short leaves. */
    NEW,
    /** A store. */
    STORE
  }

  private static final String LOST_AND_FOUND = "lost+found";

  private StoreDirectory() {}

  /**
   * Takes the exclusive lock of a directory for a writer; a missing directory is made, and its name
   * made durable, if its parent exists.
   *
   * @throws LockedException if the store is open elsewhere
   * @throws io.drey.StorageException if the path cannot be the directory of a store
   * @throws CorruptionException if the manifest of a store is missing
   */
  public static FileLease lockForWriting(Vfs vfs, Path directory) throws IOException {
    if (vfs.exists(directory)) {
      classify(vfs, directory);
    } else {
      make(vfs, directory);
    }
    return lock(vfs, directory, LeaseKind.EXCLUSIVE);
  }

  /**
   * Takes the shared lock of an existing store for a reader; changes nothing.
   *
   * @throws LockedException if a writer has the store open
   * @throws io.drey.StorageException if there is no store
   * @throws CorruptionException if the manifest of a store is missing
   */
  public static FileLease lockForReading(Vfs vfs, Path directory) throws IOException {
    if (!vfs.exists(directory) || classify(vfs, directory) == Content.NEW) {
      throw Refusals.refusal(
          "open",
          directory,
          "there is no store here; open it for writing to create one, or correct the path");
    }
    return lock(vfs, directory, LeaseKind.SHARED);
  }

  /**
   * What the directory holds, by the table above. A writer asks again once it has the lock.
   *
   * @throws io.drey.StorageException if it is not the directory of a store
   * @throws CorruptionException if the manifest of a store is missing
   */
  public static Content classify(Vfs vfs, Path directory) throws IOException {
    List<String> names;
    try {
      names = vfs.list(directory);
    } catch (NotDirectoryException e) {
      throw Refusals.refusal(
          "open", directory, "it is a file; a store needs a directory of its own");
    }
    boolean headless = false;
    boolean locked = false;
    List<String> foreign = new ArrayList<>();
    for (String name : names) {
      if (FileNames.manifestNumber(name).isPresent()) {
        return Content.STORE;
      }
      if (name.equals(FileNames.DATA) || name.startsWith(FileNames.JOURNAL_PREFIX)) {
        headless = true;
      } else if (name.equals(FileNames.LOCK)) {
        locked = true;
      } else if (!FileNames.isTemporaryManifest(name) && !name.equals(LOST_AND_FOUND)) {
        foreign.add(name);
      }
    }
    if (headless && (locked || foreign.isEmpty())) {
      throw new CorruptionException(
          Check.FILE_PRESENT,
          directory.resolve(FileNames.manifest(1)),
          Violation.NONE,
          Violation.NONE,
          "the directory holds data or a journal and no manifest");
    }
    if (!foreign.isEmpty()) {
      throw Refusals.refusal(
          "open",
          directory,
          "it holds files that are not Drey's, such as "
              + foreign.getFirst()
              + "; choose an empty directory or one that does not exist");
    }
    return Content.NEW;
  }

  private static void make(Vfs vfs, Path directory) throws IOException {
    Path above = directory.getParent();
    Path parent = above != null ? above : Path.of("");
    if (!vfs.exists(parent)) {
      throw Refusals.refusal(
          "create", directory, "its parent " + parent + " does not exist; make that first");
    }
    vfs.createDirectory(directory);
    // ORDER: the directory's name is durable before anything in it is acknowledged.
    vfs.forceDirectory(parent);
  }

  private static FileLease lock(Vfs vfs, Path directory, LeaseKind kind) throws IOException {
    FileLease lease = vfs.lock(directory.resolve(FileNames.LOCK), kind);
    if (lease == null) {
      throw new LockedException(directory);
    }
    return lease;
  }
}
