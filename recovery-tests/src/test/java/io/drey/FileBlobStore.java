package io.drey;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Map;

/**
 * A user's store in a directory of any file system: a file for each frame, and one for the root,
 * which changes by a rename. The reference for what a store has to do about power and failures.
 *
 * <p>What fails before the rename has not happened. Of what fails in the rename or behind it nobody
 * knows until the next opening, so it is an error; but a frame that cannot be deleted is only
 * waste.
 */
final class FileBlobStore implements BlobStore {
  private final Vfs vfs;
  private final Path directory;
  private final Path root;

  FileBlobStore(Vfs vfs, Path directory) {
    this.vfs = vfs;
    this.directory = directory;
    this.root = directory.resolve("root");
  }

  @Override
  public MemorySegment root() {
    try {
      if (!vfs.exists(root)) {
        return null;
      }
      try (StorageFile file = vfs.open(root, OpenMode.READ, Caching.BUFFERED)) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Math.toIntExact(file.size())]);
        file.read(0, bytes);
        return bytes;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(long id, MemorySegment frame) {
    try (StorageFile file = vfs.open(frame(id), OpenMode.READ, Caching.BUFFERED)) {
      file.read(0, frame);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commit(Map<Long, MemorySegment> frames, long[] deleted, MemorySegment newRoot) {
    Path next = directory.resolve("root.tmp");
    try {
      for (Map.Entry<Long, MemorySegment> frame : frames.entrySet()) {
        write(frame(frame.getKey()), frame.getValue());
      }
      write(next, newRoot);
      // ORDER: the frames' names are durable before the root that names them.
      vfs.forceDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      vfs.rename(next, root);
      // ORDER: the root is durable before the commit returns, and before a frame goes.
      vfs.forceDirectory(directory);
    } catch (IOException e) {
      throw new IOError(e);
    }
    for (long id : deleted) {
      delete(frame(id));
    }
  }

  /** Writes a file anew: one of this name is left of a commit that has not happened. */
  private void write(Path path, MemorySegment bytes) throws IOException {
    if (vfs.exists(path)) {
      vfs.delete(path);
    }
    try (StorageFile file = vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      file.write(0, bytes);
      file.force();
    }
  }

  private void delete(Path path) {
    try {
      vfs.delete(path);
    } catch (IOException e) {
      // It is not named any more, and a frame of this id never comes again.
    }
  }

  private Path frame(long id) {
    return directory.resolve("frame-" + id);
  }

  @Override
  public void close() {}
}
