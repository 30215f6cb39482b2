package io.drey.testing;

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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A file system whose calls can be made to fail. Calls are numbered while a {@link Fault} is set;
 * the fault decides by kind, path and number. A failing write may be let through up to a part.
 */
public final class FaultyVfs implements Vfs {
  /** What a call does. */
  public enum Kind {
    OPEN,
    READ,
    WRITE,
    TRUNCATE,
    FORCE,
    RENAME,
    DELETE,
    FORCE_DIRECTORY,
    CREATE_DIRECTORY,
    LOCK
  }

  /** Decides which calls fail. */
  @FunctionalInterface
  public interface Fault {
    /** Whether the call fails. */
    boolean hits(Kind kind, Path path, long number);
  }

  private final Vfs sound;
  private final AtomicLong calls = new AtomicLong();
  private volatile @Nullable Fault fault;

  /** Makes a file system that passes every call to {@code sound} until a fault is set. */
  public FaultyVfs(Vfs sound) {
    this.sound = sound;
  }

  /** Sets the fault and counts calls from 0 on. */
  public void set(Fault fault) {
    calls.set(0);
    this.fault = fault;
  }

  /** Lets every call through, and returns how many were numbered. */
  public long repair() {
    fault = null;
    return calls.get();
  }

  private boolean hit(Kind kind, Path path) {
    Fault active = fault;
    return active != null && active.hits(kind, path, calls.getAndIncrement());
  }

  private void pass(Kind kind, Path path) throws IOException {
    if (hit(kind, path)) {
      throw refusal(kind, path);
    }
  }

  private static IOException refusal(Kind kind, Path path) {
    return new IOException("No space left on device (" + kind + " of " + path + ")");
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    pass(Kind.OPEN, file);
    return new FaultyFile(sound.open(file, mode, caching));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return sound.exists(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return sound.list(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    pass(Kind.CREATE_DIRECTORY, directory);
    sound.createDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    pass(Kind.RENAME, to);
    sound.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    pass(Kind.DELETE, path);
    sound.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    pass(Kind.FORCE_DIRECTORY, directory);
    sound.forceDirectory(directory);
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    pass(Kind.LOCK, file);
    return sound.lock(file, kind);
  }

  private final class FaultyFile implements StorageFile {
    private final StorageFile file;

    FaultyFile(StorageFile file) {
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
      pass(Kind.READ, path());
      return file.read(position, target);
    }

    @Override
    public void write(long position, MemorySegment source) throws IOException {
      if (hit(Kind.WRITE, path())) {
        long part = source.byteSize() / 2 & -StorageFile.DIRECT_ALIGNMENT;
        if (part > 0) {
          file.write(position, source.asSlice(0, part));
        }
        throw refusal(Kind.WRITE, path());
      }
      file.write(position, source);
    }

    @Override
    public void truncate(long bytes) throws IOException {
      pass(Kind.TRUNCATE, path());
      file.truncate(bytes);
    }

    @Override
    public void force() throws IOException {
      pass(Kind.FORCE, path());
      file.force();
    }

    @Override
    public MappedRegion map(long position, long bytes) throws IOException {
      return new FaultyRegion(file.map(position, bytes), path());
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private final class FaultyRegion implements MappedRegion {
    private final MappedRegion region;
    private final Path path;

    FaultyRegion(MappedRegion region, Path path) {
      this.region = region;
      this.path = path;
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
      pass(Kind.FORCE, path);
      region.force(from, to);
    }

    @Override
    public void close() {
      region.close();
    }
  }
}
