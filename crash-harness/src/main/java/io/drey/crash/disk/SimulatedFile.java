package io.drey.crash.disk;

import io.drey.crash.disk.Effect.ForceFile;
import io.drey.crash.disk.Effect.Truncate;
import io.drey.crash.disk.Effect.Way;
import io.drey.crash.disk.Effect.Write;
import io.drey.vfs.Caching;
import io.drey.vfs.FileClosedException;
import io.drey.vfs.MappedRanges;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Transfers;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** One opening of a file of a {@link SimulatedDisk}. */
final class SimulatedFile implements StorageFile {
  private final SimulatedDisk disk;
  private final LiveFile file;
  private final Path path;
  private final OpenMode mode;
  private final Caching caching;

  /** Guarded by the lock of the disk. */
  private boolean closed;

  SimulatedFile(SimulatedDisk disk, LiveFile file, Path path, OpenMode mode, Caching caching) {
    this.disk = disk;
    this.file = file;
    this.path = path;
    this.mode = mode;
    this.caching = caching;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Caching caching() {
    return caching;
  }

  @Override
  public long size() throws IOException {
    return disk.atomic(
        path,
        () -> {
          checkOpen();
          return file.image.size();
        });
  }

  @Override
  public int read(long position, MemorySegment target) throws IOException {
    Transfers.checkRead(position, target, caching);
    return disk.atomic(
        path,
        () -> {
          checkOpen();
          return file.read(position, target);
        });
  }

  @Override
  public void write(long position, MemorySegment source) throws IOException {
    Transfers.checkWrite(position, source, mode, caching);
    MemorySegment bytes = MemorySegment.ofArray(source.toArray(ValueLayout.JAVA_BYTE)).asReadOnly();
    disk.atomic(
        path,
        () -> {
          checkOpen();
          if (bytes.byteSize() > 0) {
            file.write(position, bytes);
            disk.record(new Write(file.inode, position, bytes, Way.CALL));
          }
          return bytes;
        });
  }

  @Override
  public void truncate(long bytes) throws IOException {
    Transfers.checkLength(bytes);
    Transfers.checkWritable(mode);
    disk.atomic(
        path,
        () -> {
          checkOpen();
          for (SimulatedRegion region : file.regions) {
            if (bytes < region.end()) {
              throw new IllegalStateException(path + ": mapped up to " + region.end());
            }
          }
          if (bytes < file.image.size()) {
            file.image = file.image.truncate(bytes);
            disk.record(new Truncate(file.inode, bytes));
          }
          return bytes;
        });
  }

  @Override
  public void force() throws IOException {
    disk.atomic(
        path,
        () -> {
          checkOpen();
          disk.record(new ForceFile(file.inode));
          return file;
        });
  }

  @Override
  public MappedRegion map(long position, long bytes) throws IOException {
    if (caching == Caching.DIRECT) {
      throw new UnsupportedOperationException(path + ": opened for direct transfers");
    }
    return disk.atomic(
        path,
        () -> {
          checkOpen();
          MappedRanges.check(path, position, bytes, file.image.size());
          for (SimulatedRegion region : file.regions) {
            MappedRanges.checkDisjoint(path, position, bytes, region.start(), region.end());
          }
          SimulatedRegion region = new SimulatedRegion(disk, file, path, mode, position, bytes);
          file.regions.add(region);
          return region;
        });
  }

  @Override
  public void close() {
    disk.always(() -> closed = true);
  }

  private void checkOpen() throws FileClosedException {
    if (closed) {
      throw new FileClosedException(path);
    }
  }
}
