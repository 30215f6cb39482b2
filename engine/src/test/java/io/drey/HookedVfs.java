package io.drey;

import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Threads;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file system that asks before each access to a file; the answer may be an exception. */
final class HookedVfs implements Vfs {
  /** The accesses asked about. */
  enum Effect {
    OPEN,
    READ,
    WRITE,
    FORCE,
    TRUNCATE,
    RENAME,
    DELETE,
    FORCE_DIRECTORY
  }

  /** Called before an access. */
  interface Hook {
    void before(Effect effect, Path file) throws IOException;
  }

  private final Vfs vfs;
  private volatile Hook hook = (effect, file) -> {};
  private volatile Threads threads = Threads.PLATFORM;

  HookedVfs(Vfs vfs) {
    this.vfs = vfs;
  }

  void hook(Hook hook) {
    this.hook = hook;
  }

  /** Lets background threads come from {@code threads}. */
  void threads(Threads threads) {
    this.threads = threads;
  }

  @Override
  public Threads threads() {
    return threads;
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    hook.before(Effect.OPEN, file);
    return new HookedFile(vfs.open(file, mode, caching));
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
    hook.before(Effect.RENAME, to);
    vfs.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    hook.before(Effect.DELETE, path);
    vfs.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    hook.before(Effect.FORCE_DIRECTORY, directory);
    vfs.forceDirectory(directory);
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    return vfs.lock(file, kind);
  }

  private final class HookedFile implements StorageFile {
    private final StorageFile file;

    HookedFile(StorageFile file) {
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
      hook.before(Effect.READ, file.path());
      return file.read(position, target);
    }

    @Override
    public void write(long position, MemorySegment source) throws IOException {
      hook.before(Effect.WRITE, file.path());
      file.write(position, source);
    }

    @Override
    public void truncate(long bytes) throws IOException {
      hook.before(Effect.TRUNCATE, file.path());
      file.truncate(bytes);
    }

    @Override
    public void force() throws IOException {
      hook.before(Effect.FORCE, file.path());
      file.force();
    }

    @Override
    public MappedRegion map(long position, long bytes) throws IOException {
      return file.map(position, bytes);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
