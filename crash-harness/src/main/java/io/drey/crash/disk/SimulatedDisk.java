package io.drey.crash.disk;

import io.drey.crash.disk.Effect.Create;
import io.drey.crash.disk.Effect.Delete;
import io.drey.crash.disk.Effect.ForceDirectory;
import io.drey.crash.disk.Effect.Rename;
import io.drey.crash.disk.LiveTree.Directory;
import io.drey.crash.disk.LiveTree.Place;
import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that keeps the whole contract of {@link Vfs} and records every effect in one
 * order. Each call is one atomic step. Relative paths start at the root, as absolute ones do.
 *
 * <p>One object is one life of a machine: it starts with what an earlier one left and ends with
 * {@link #crash}, after which every call fails with an {@link IOException}, so that the threads of
 * the store that used it come to an end. {@link #close} gives its native memory back.
 */
public final class SimulatedDisk implements Vfs, AutoCloseable {
  /** A step that may fail as calls of a file system do. */
  @FunctionalInterface
  interface Step<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** Guards all of the disk. */
  private final ReentrantLock lock = new ReentrantLock();

  private final DiskState start;
  private final LiveTree tree;
  private final SimulatedLeases leases = new SimulatedLeases(this);
  private final List<Effect> effects = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private int nextInode;
  private boolean power = true;

  /** A disk with nothing but its root. */
  public SimulatedDisk() {
    this(DiskImage.EMPTY);
  }

  /** A disk on which all of {@code image} is durable. */
  public SimulatedDisk(DiskImage image) {
    this(DiskState.of(image));
  }

  /**
   * A machine whose processes were killed: all that was pending is visible, and still not durable.
   */
  public SimulatedDisk(DiskState start) {
    this.start = start;
    Inodes applied = start.applied();
    tree = new LiveTree(applied);
    nextInode = applied.nextNumber();
    for (DiskState.Pending pending : start.pending()) {
      if (pending.effect() instanceof Create create) {
        nextInode = Math.max(nextInode, create.created().number() + 1);
      }
    }
  }

  /** How many effects there have been. */
  public int position() {
    lock.lock();
    try {
      return effects.size();
    } finally {
      lock.unlock();
    }
  }

  /** All that happened so far. */
  public Trace trace() {
    lock.lock();
    try {
      return new Trace(start, effects);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stores into mapped regions that were closed, or forced and left, without having been told of by
   * {@code dirty}: the file and the place of each. On a real disk such a store may be lost unseen
   * by this simulation, so it is a mistake of the store, or of the test.
   */
  public List<String> untoldStores() {
    lock.lock();
    try {
      for (LiveFile file : tree.openedFiles()) {
        file.regions.forEach(SimulatedRegion::complainOfUntold);
      }
      return List.copyOf(complaints);
    } finally {
      lock.unlock();
    }
  }

  /** Switches the power off: from now on every call fails, and nothing is recorded. */
  public void crash() {
    lock.lock();
    try {
      power = false;
    } finally {
      lock.unlock();
    }
  }

  /** Switches the power off and ends all regions that are still mapped. */
  @Override
  public void close() {
    lock.lock();
    try {
      power = false;
      for (LiveFile file : tree.openedFiles()) {
        List.copyOf(file.regions).forEach(SimulatedRegion::close);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    return atomic(
        file,
        () -> {
          Place place = tree.place(file);
          Inode inode = place.inode();
          if (mode == OpenMode.CREATE_NEW) {
            inode = create(file, place, Inode.Kind.FILE);
          }
          LiveFile live = tree.file(file, inode);
          if (leases.isHeld(live.inode)) {
            throw LiveTree.failure(file, "leased as a lock file by this process");
          }
          return new SimulatedFile(this, live, file, mode, caching);
        });
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return atomic(
        path,
        () -> {
          try {
            return LiveTree.isRoot(path) || tree.place(path).inode() != null;
          } catch (NoSuchFileException e) {
            return false;
          }
        });
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return atomic(directory, () -> List.copyOf(tree.directory(directory).names.keySet()));
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    atomic(
        directory,
        () -> {
          if (LiveTree.isRoot(directory)) {
            throw new FileAlreadyExistsException(directory.toString());
          }
          return create(directory, tree.place(directory), Inode.Kind.DIRECTORY);
        });
  }

  private Inode create(Path path, Place place, Inode.Kind kind) throws IOException {
    if (place.inode() != null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    Inode created = new Inode(nextInode++, kind, DiskImage.name(path));
    place.directory().names.put(place.name(), created);
    record(new Create(place.directory().inode, place.name(), created));
    return created;
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    atomic(
        from,
        () -> {
          Place source = tree.place(from);
          Place target = tree.place(to);
          Inode moved = source.inode();
          if (moved == null) {
            throw new NoSuchFileException(from.toString());
          }
          if (!source.equals(target)) {
            checkReplaceable(from, to, moved, target.inode());
            Directory directory = target.directory();
            source.directory().names.remove(source.name());
            directory.names.put(target.name(), moved);
            Inode oldDirectory = source.directory().inode;
            record(new Rename(oldDirectory, source.name(), directory.inode, target.name(), moved));
          }
          return moved;
        });
  }

  private void checkReplaceable(Path from, Path to, Inode moved, @Nullable Inode replaced)
      throws IOException {
    if (replaced != null && replaced.isDirectory() && !tree.directory(replaced).names.isEmpty()) {
      throw new DirectoryNotEmptyException(to.toString());
    }
    if (replaced != null && replaced.isDirectory() != moved.isDirectory()) {
      throw LiveTree.failure(to, "a directory and a file do not replace each other");
    }
    if (moved.isDirectory() && DiskImage.name(to).startsWith(DiskImage.name(from) + "/")) {
      throw LiveTree.failure(to, "inside the directory to be renamed");
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    atomic(
        path,
        () -> {
          Place place = tree.place(path);
          Inode inode = place.inode();
          if (inode == null) {
            throw new NoSuchFileException(path.toString());
          }
          if (inode.isDirectory() && !tree.directory(inode).names.isEmpty()) {
            throw new DirectoryNotEmptyException(path.toString());
          }
          place.directory().names.remove(place.name());
          record(new Delete(place.directory().inode, place.name()));
          return inode;
        });
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    atomic(
        directory,
        () -> {
          Inode inode = tree.directory(directory).inode;
          record(new ForceDirectory(inode));
          return inode;
        });
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    return this.<@Nullable FileLease>atomic(
        file,
        () -> {
          Place place = tree.place(file);
          Inode inode = place.inode();
          if (leases.inTheWay(place, inode, kind)) {
            return null;
          }
          if (inode == null && kind == LeaseKind.EXCLUSIVE) {
            inode = create(file, place, Inode.Kind.FILE);
          }
          return leases.take(file, kind, place, tree.file(file, inode).inode);
        });
  }

  /** Runs the step under the lock, if there is power. */
  <T extends @Nullable Object> T atomic(Path path, Step<T> step) throws IOException {
    lock.lock();
    try {
      if (!power) {
        throw LiveTree.failure(path, "the power is off");
      }
      return step.run();
    } finally {
      lock.unlock();
    }
  }

  /** Runs the step under the lock, with or without power. */
  void always(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  /** Called under the lock, as the two below. */
  void record(Effect effect) {
    effects.add(effect);
  }

  boolean hasPower() {
    return power;
  }

  void complain(Path file, long position) {
    complaints.add(file + ": stored at " + position + " without a call of dirty");
  }
}
