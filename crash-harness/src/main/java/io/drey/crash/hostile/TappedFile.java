package io.drey.crash.hostile;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An open file, and its mapped regions, whose calls go through a {@link Tap}. */
final class TappedFile implements StorageFile {
  private final StorageFile below;
  private final Tap tap;

  TappedFile(StorageFile below, Tap tap) {
    this.below = below;
    this.tap = tap;
  }

  @Override
  public Path path() {
    return below.path();
  }

  @Override
  public Caching caching() {
    return below.caching();
  }

  @Override
  public long size() throws IOException {
    return below.size();
  }

  @Override
  public int read(long position, MemorySegment target) throws IOException {
    Call call = call(CallKind.READ, position, target.byteSize(), target);
    return (int) tap.pass(call, () -> below.read(position, target));
  }

  @Override
  public void write(long position, MemorySegment source) throws IOException {
    Call call = call(CallKind.WRITE, position, source.byteSize(), source);
    tap.pass(
        call,
        () -> {
          below.write(position, source);
          return 0;
        });
  }

  @Override
  public void truncate(long bytes) throws IOException {
    tap.pass(
        call(CallKind.TRUNCATE, bytes, 0, null),
        () -> {
          below.truncate(bytes);
          return 0;
        });
  }

  @Override
  public void force() throws IOException {
    tap.pass(
        call(CallKind.FORCE, 0, 0, null),
        () -> {
          below.force();
          return 0;
        });
  }

  @Override
  public MappedRegion map(long position, long bytes) throws IOException {
    MappedRegion[] mapped = new MappedRegion[1];
    tap.pass(
        call(CallKind.MAP, position, bytes, null),
        () -> {
          mapped[0] = below.map(position, bytes);
          return 0;
        });
    if (mapped[0] == null) {
      throw new FileSystemException(path().toString(), null, "the tap let nothing through");
    }
    return new Region(mapped[0], position);
  }

  @Override
  public void close() throws IOException {
    below.close();
  }

  private Call call(CallKind kind, long position, long bytes, @Nullable MemorySegment data) {
    return new Call(kind, path(), path(), position, bytes, data, below);
  }

  private final class Region implements MappedRegion {
    private final MappedRegion region;
    private final long start;

    Region(MappedRegion region, long start) {
      this.region = region;
      this.start = start;
    }

    @Override
    public MemorySegment segment() {
      return region.segment();
    }

    @Override
    public void dirty(long from, long to) {
      try {
        tap.pass(
            call(CallKind.MAPPED_WRITE, start + from, to - from, null),
            () -> {
              region.dirty(from, to);
              return 0;
            });
      } catch (IOException e) {
        throw new UncheckedIOException("a store to memory does not fail", e);
      }
    }

    @Override
    public void force(long from, long to) throws IOException {
      tap.pass(
          call(CallKind.MAPPED_FORCE, start + from, to - from, null),
          () -> {
            region.force(from, to);
            return 0;
          });
    }

    @Override
    public void close() {
      region.close();
    }
  }
}
