package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file system that tells a watch of every effect before it happens; the watch may refuse it. */
final class WatchedVfs implements Vfs {

  /** Kinds of effects. */
  enum Call {
    CREATE,
    WRITE,
    FORCE,
    REGION_FORCE,
    DIRECTORY_FORCE,
    RENAME,
    DELETE
  }

  /** Sees each effect; {@code path} is the file as it was opened, or the directory. */
  @FunctionalInterface
  interface Watch {
    void before(Call call, Path path, long from, long to) throws IOException;

    /** Both names of a rename, after {@link #before} has let it pass. */
    default void renaming(Path from, Path to) {}
  }

  private final Vfs vfs;
  private volatile Watch watch = (call, path, from, to) -> {};

  WatchedVfs(Vfs vfs) {
    this.vfs = vfs;
  }

  void watch(Watch next) {
    watch = next;
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    if (mode == OpenMode.CREATE_NEW) {
      watch.before(Call.CREATE, file, 0, 0);
    }
    return new WatchedFile(vfs.open(file, mode, caching));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return vfs.exists(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return vfs.list(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    vfs.createDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    watch.before(Call.RENAME, to, 0, 0);
    watch.renaming(from, to);
    vfs.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    watch.before(Call.DELETE, path, 0, 0);
    vfs.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    watch.before(Call.DIRECTORY_FORCE, directory, 0, 0);
    vfs.forceDirectory(directory);
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    return vfs.lock(file, kind);
  }

  private final class WatchedFile implements StorageFile {
    private final StorageFile file;

    WatchedFile(StorageFile file) {
      this.file = file;
    }

    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public Caching caching() {
      return file.caching();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int read(long position, MemorySegment target) throws IOException {
      return file.read(position, target);
    }

    @Override
    public void write(long position, MemorySegment source) throws IOException {
      watch.before(Call.WRITE, path(), position, position + source.byteSize());
      file.write(position, source);
    }

    @Override
    public void truncate(long bytes) throws IOException {
      file.truncate(bytes);
    }

    @Override
    public void force() throws IOException {
      watch.before(Call.FORCE, path(), 0, size());
      file.force();
    }

    @Override
    public MappedRegion map(long position, long bytes) throws IOException {
      return new WatchedRegion(path(), file.map(position, bytes));
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private final class WatchedRegion implements MappedRegion {
    private final Path path;
    private final MappedRegion region;

    WatchedRegion(Path path, MappedRegion region) {
      this.path = path;
      this.region = region;
    }

    @Override
    public MemorySegment segment() {
      return region.segment();
    }

    @Override
    public void dirty(long from, long to) {
      region.dirty(from, to);
    }

    @Override
    public void force(long from, long to) throws IOException {
      watch.before(Call.REGION_FORCE, path, from, to);
      region.force(from, to);
    }

    @Override
    public void close() {
      region.close();
    }
  }
}
