package io.drey.engine.store;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.Violation;
import io.drey.engine.store.CommitFailedException.Outcome;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The durable map from blobs to slots: files {@code manifest-n}, each a snapshot followed by the
 * commits since.
 *
 * <p>The commit point is the force of the appended commit (M1). A file is written under a temporary
 * name, forced, renamed and its directory forced (M2); nothing is appended to its predecessor from
 * then on. Opening for writing always goes on in a new file: everything it relies on is written
 * again from memory, so that neither a torn tail nor a page whose force failed in an earlier life
 * is built upon (M3).
 *
 * <p>A write that fails before a force is cut off again and the commit may be repeated. A failed
 * force, or a failed cut, is final: the log takes no further commit.
 *
 * <p>One thread at a time.
 */
public final class ManifestLog implements AutoCloseable {
  /** A file whose commits are longer than this, and than {@link #OUTGROWN} snapshots, is left. */
  static final long APPENDED_MIN = 1 << 20;

  static final int OUTGROWN = 4;

  /** The rows of a full frame stay below it: a record holds a part, one more image and a head. */
  static final int IMAGE_BYTES_MAX =
      RecordHeader.LONGEST
          - RecordWriter.PART_BYTES
          - HeadLayout.SIZE
          - ManifestHead.LOG_ENDS_MAX * LogEndLayout.SIZE;

  private final Vfs vfs;
  private final Path directory;
  private final long appendedMin;
  private final ManifestState state;

  private @Nullable StorageFile file;
  private long fileNumber;
  private long end;
  private long switchAt;
  private long commitNumber;
  private long attempts;
  private @Nullable IOException failure;

  private ManifestLog(
      Vfs vfs, Path directory, long appendedMin, ManifestState state, long commitNumber) {
    this.vfs = vfs;
    this.directory = directory;
    this.appendedMin = appendedMin;
    this.state = state;
    this.commitNumber = commitNumber;
    this.attempts = commitNumber;
  }

  /**
   * Begins the manifest of a new store with commit 1, in a directory that holds none. On return it
   * is durable; after a failure there is none, or a whole one.
   */
  public static ManifestLog create(
      Vfs vfs, Path directory, ManifestIdentity identity, ManifestHead head) throws IOException {
    return create(vfs, directory, APPENDED_MIN, identity, head);
  }

  static ManifestLog create(
      Vfs vfs, Path directory, long appendedMin, ManifestIdentity identity, ManifestHead head)
      throws IOException {
    ManifestState state = new ManifestState(identity, head);
    String wrong = state.objection(ManifestChange.ofHead(head));
    if (wrong != null) {
      throw new IllegalArgumentException(wrong);
    }
    ManifestLog log = new ManifestLog(vfs, directory, appendedMin, state, 1);
    log.beginFirstFile(1);
    return log;
  }

  /**
   * Reads the newest manifest of a directory without changing a byte.
   *
   * @throws CorruptionException if it is damaged anywhere but in its last commit, or missing
   * @throws io.drey.FormatException if another version of Drey wrote it
   */
  public static ManifestView read(Vfs vfs, Path directory, int frameBytes) throws IOException {
    long[] numbers = FileNames.manifestsNewestFirst(vfs.list(directory));
    if (numbers.length == 0) {
      throw new CorruptionException(
          Check.FILE_PRESENT,
          directory.resolve(FileNames.manifest(1)),
          Violation.NONE,
          Violation.NONE,
          "the directory holds no manifest");
    }
    ManifestView newest = read(vfs, directory, numbers[0], frameBytes);
    for (int i = 1; i < numbers.length; i++) {
      newest = newer(newest, vfs, directory, numbers[i], frameBytes);
    }
    return newest;
  }

  /**
   * An older file waits for its deletion, whatever its condition. It only counts when it holds a
   * later commit, which takes a rename that was reported as failed and came true afterwards.
   */
  private static ManifestView newer(
      ManifestView newest, Vfs vfs, Path directory, long number, int frameBytes)
      throws IOException {
    try {
      ManifestView older = read(vfs, directory, number, frameBytes);
      return older.commitNumber() > newest.commitNumber() ? older : newest;
    } catch (CorruptionException e) {
      return newest;
    }
  }

  private static ManifestView read(Vfs vfs, Path directory, long number, int frameBytes)
      throws IOException {
    Path path = directory.resolve(FileNames.manifest(number));
    try (StorageFile file = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
      return ManifestReader.read(file, number, frameBytes);
    }
  }

  /** {@link #read} and {@link #resume} in one, for callers that have nothing to compare between. */
  public static ManifestLog open(Vfs vfs, Path directory, int frameBytes) throws IOException {
    return resume(vfs, directory, read(vfs, directory, frameBytes));
  }

  /**
   * Opens the manifest for writing, under the directory's exclusive lock, as it was read under the
   * same lock. On return the state is durable in a new file and nothing else is left of earlier
   * lives: slots that it does not name are free.
   *
   * <p>Recovery compares {@link ManifestView#commitNumber} with the journal first: a manifest whose
   * last commit is damaged is taken for one that was cut short, and this method would make that
   * final.
   *
   * <p>After a failure the directory still holds the same state, and opening may be repeated.
   */
  public static ManifestLog resume(Vfs vfs, Path directory, ManifestView view) throws IOException {
    return resume(vfs, directory, APPENDED_MIN, view);
  }

  static ManifestLog resume(Vfs vfs, Path directory, long appendedMin, ManifestView view)
      throws IOException {
    ManifestLog log =
        new ManifestLog(vfs, directory, appendedMin, view.state(), view.commitNumber());
    log.beginFirstFile(FileNames.nextManifest(vfs.list(directory)));
    log.deleteOthers();
    return log;
  }

  /** The state after the last acknowledged commit. */
  public ManifestState state() {
    return state;
  }

  /** The number of the last acknowledged commit; ascends over all files, with gaps. */
  public long commitNumber() {
    return commitNumber;
  }

  /** n of the current {@code manifest-n}. */
  public long fileNumber() {
    return fileNumber;
  }

  /** Length in bytes of the current file, as far as it is acknowledged. */
  public long fileBytes() {
    return end;
  }

  /** Why the log takes no further commit; null = it does. */
  public @Nullable IOException failure() {
    return failure;
  }

  /**
   * Makes one change durable: all of it or nothing, whenever the power fails. Slots named must have
   * been written and forced before.
   *
   * @return the slots that were named before and no longer are, in no order; they stay untouched
   *     until this method has returned
   * @throws IllegalArgumentException if the change cannot follow the state; nothing has happened
   * @throws CommitFailedException if it could not be written, with what is certain then
   */
  public long[] commit(ManifestChange change) throws CommitFailedException {
    check(change);
    attempts++;
    StorageFile target = file;
    if (failure != null || target == null) {
      throw refused(failure != null ? failure : new IOException("the manifest is closed"));
    }
    if (end > switchAt) {
      target = switchFile(target);
    }
    long newEnd = append(target, change);
    end = newEnd;
    commitNumber = attempts;
    return state.apply(change);
  }

  private void check(ManifestChange change) {
    String wrong = state.objection(change);
    if (wrong != null) {
      throw new IllegalArgumentException(wrong);
    }
    for (StoredImage image : change.images()) {
      if (RecordWriter.size(image) > IMAGE_BYTES_MAX) {
        throw new IllegalArgumentException("too many rows in blob " + image.blob());
      }
    }
  }

  private long append(StorageFile target, ManifestChange change) throws CommitFailedException {
    long newEnd;
    try {
      newEnd = writeGroup(target, attempts, RecordHeader.KIND_COMMIT, change);
    } catch (IOException e) {
      cut(target, e);
      throw new CommitFailedException(attempts, Outcome.REPEATABLE, e);
    }
    try {
      // ORDER: nothing that relies on the commit happens before this returns. The commit point.
      target.force();
    } catch (IOException e) {
      failure = e;
      throw new CommitFailedException(attempts, Outcome.UNKNOWN, e);
    }
    return newEnd;
  }

  /** Removes what a failed write left, for good, before anything else is appended (M3). */
  private void cut(StorageFile target, IOException cause) throws CommitFailedException {
    try {
      target.truncate(end);
      target.force();
    } catch (IOException e) {
      e.addSuppressed(cause);
      failure = e;
      throw new CommitFailedException(attempts, Outcome.UNKNOWN, e);
    }
  }

  private long writeGroup(StorageFile target, long commit, byte kind, ManifestChange change)
      throws IOException {
    RecordWriter writer =
        new RecordWriter(target, state.identity().storeId(), fileNumber, commit, kind, end);
    for (StoredImage image : change.images()) {
      writer.image(image);
    }
    for (long blob : change.removed()) {
      writer.removed(blob);
    }
    return writer.finish(change.head());
  }

  /**
   * Goes on in a new file with the same state. A full disk only postpones that: the commit that
   * waits may still fit into the old file.
   */
  private StorageFile switchFile(StorageFile current) throws CommitFailedException {
    long number = fileNumber + 1;
    try {
      beginFile(number);
    } catch (PostponedException e) {
      switchAt = end + appendedMin;
      return current;
    } catch (IOException e) {
      failure = e;
      throw refused(e);
    }
    closeQuietly(current);
    deleteOthers();
    StorageFile fresh = file;
    if (fresh == null) {
      throw new IllegalStateException("a new manifest file is open");
    }
    return fresh;
  }

  private CommitFailedException refused(IOException cause) {
    return new CommitFailedException(attempts, Outcome.REFUSED, cause);
  }

  /** Nothing has changed but for a temporary file: the old manifest file can go on. */
  private static final class PostponedException extends IOException {
    private static final long serialVersionUID = 1L;

    final IOException reason;

    PostponedException(IOException reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private void beginFirstFile(long number) throws IOException {
    try {
      beginFile(number);
    } catch (PostponedException e) {
      throw e.reason;
    }
  }

  /**
   * Writes the state as the snapshot of {@code manifest-number} and makes that the current file.
   */
  private void beginFile(long number) throws IOException {
    Path temporary = directory.resolve(FileNames.temporaryManifest(number));
    Path path = directory.resolve(FileNames.manifest(number));
    long snapshot = writeTemporary(temporary, number);
    try {
      vfs.rename(temporary, path);
    } catch (IOException e) {
      if (vfs.exists(path)) {
        throw e;
      }
      throw new PostponedException(e);
    }
    // ORDER: the name is durable before anything is appended, deleted, freed or recycled.
    vfs.forceDirectory(directory);
    file = vfs.open(path, OpenMode.WRITE, Caching.BUFFERED);
    fileNumber = number;
    end = snapshot;
    switchAt = snapshot + Math.max(appendedMin, OUTGROWN * snapshot);
  }

  private long writeTemporary(Path temporary, long number) throws IOException {
    long snapshot;
    StorageFile target;
    try {
      if (vfs.exists(temporary)) {
        vfs.delete(temporary);
      }
      target = vfs.open(temporary, OpenMode.CREATE_NEW, Caching.BUFFERED);
    } catch (IOException e) {
      throw new PostponedException(e);
    }
    try (target) {
      try {
        snapshot = writeSnapshot(target, number);
      } catch (IOException e) {
        deleteQuietly(temporary);
        throw new PostponedException(e);
      }
      // ORDER: the bytes are durable before they get their name (M2).
      target.force();
    }
    return snapshot;
  }

  private long writeSnapshot(StorageFile target, long number) throws IOException {
    target.write(0, ManifestFileHeader.encode(state.identity(), number, commitNumber));
    RecordWriter writer =
        new RecordWriter(
            target,
            state.identity().storeId(),
            number,
            commitNumber,
            RecordHeader.KIND_SNAPSHOT,
            ManifestFileHeader.SIZE);
    for (StoredImage image : state.images()) {
      writer.image(image);
    }
    return writer.finish(state.head());
  }

  /** Older files and temporary ones serve nobody; one that stays is deleted another time. */
  private void deleteOthers() {
    List<String> names;
    try {
      names = vfs.list(directory);
    } catch (IOException e) {
      return;
    }
    for (String name : names) {
      boolean manifest = FileNames.manifestNumber(name).isPresent();
      if ((manifest && !name.equals(FileNames.manifest(fileNumber)))
          || FileNames.isTemporaryManifest(name)) {
        deleteQuietly(directory.resolve(name));
      }
    }
  }

  private void deleteQuietly(Path path) {
    try {
      vfs.delete(path);
    } catch (IOException e) {
      // Superseded files are recognised by their number, temporary ones by their name.
    }
  }

  private static void closeQuietly(StorageFile file) {
    try {
      file.close();
    } catch (IOException e) {
      // Everything in it was forced, and it is superseded.
    }
  }

  /** Closes the file. Everything acknowledged is durable already. */
  @Override
  public void close() throws IOException {
    StorageFile current = file;
    file = null;
    if (current != null) {
      current.close();
    }
  }
}
