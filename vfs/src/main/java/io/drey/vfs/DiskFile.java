package io.drey.vfs;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A file of the operating system. */
final class DiskFile implements StorageFile {
  private static final int PAGE_BYTES = 4096;

  private final Path path;
  private final OpenMode mode;
  private final Caching asked;
  private final Caching got;
  private final InterruptSafeChannel channel;

  /** Used by threads of its own only, so no interrupt closes it; null for DIRECT files. */
  private final @Nullable FileChannel mapper;

  private final ReentrantLock mapping = new ReentrantLock();

  /** Guarded by {@link #mapping}. */
  private final List<DiskRegion> regions = new ArrayList<>();

  DiskFile(
      Path path,
      OpenMode mode,
      Caching asked,
      Caching got,
      InterruptSafeChannel channel,
      @Nullable FileChannel mapper) {
    this.path = path;
    this.mode = mode;
    this.asked = asked;
    this.got = got;
    this.channel = channel;
    this.mapper = mapper;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Caching caching() {
    return got;
  }

  @Override
  public long size() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    }
  }

  @Override
  public int read(long position, MemorySegment target) throws IOException {
    Transfers.checkRead(position, target, asked);
    long piece = Transfers.pieceBytes(target);
    long done = 0;
    try {
      while (done < target.byteSize()) {
        long bytes = Math.min(piece, target.byteSize() - done);
        int read = channel.read(position + done, target.asSlice(done, bytes));
        done += read;
        // A direct read comes back unaligned only where the file ends.
        if (read == 0 || (asked == Caching.DIRECT && read % DIRECT_ALIGNMENT != 0)) {
          break;
        }
      }
      return (int) done;
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    }
  }

  @Override
  public void write(long position, MemorySegment source) throws IOException {
    Transfers.checkWrite(position, source, mode, asked);
    long piece = Transfers.pieceBytes(source);
    long done = 0;
    try {
      while (done < source.byteSize()) {
        long bytes = Math.min(piece, source.byteSize() - done);
        done += channel.write(position + done, source.asSlice(done, bytes));
      }
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>WHY a page at a time: Linux (XFS, and ext4 since 6.16) keeps what one write brought as one
   * large piece of its page cache, and a store through a mapping makes all of that piece dirty.
   * After writes of 1 MiB each, a force of one journal record writes 1 MiB, and takes twice as long
   * as one of a page.
   */
  @Override
  public void writeZeros(long position, long bytes) throws IOException {
    Transfers.checkLength(bytes);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment page = arena.allocate(PAGE_BYTES, DIRECT_ALIGNMENT);
      for (long done = 0; done < bytes; done += PAGE_BYTES) {
        write(position + done, page.asSlice(0, Math.min(PAGE_BYTES, bytes - done)));
      }
    }
  }

  @Override
  public void truncate(long bytes) throws IOException {
    Transfers.checkLength(bytes);
    Transfers.checkWritable(mode);
    mapping.lock();
    try {
      for (DiskRegion region : regions) {
        if (bytes < region.end()) {
          throw new IllegalStateException(path + ": mapped up to " + region.end());
        }
      }
      channel.truncate(bytes);
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    } finally {
      mapping.unlock();
    }
  }

  @Override
  public void force() throws IOException {
    try {
      channel.force();
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    }
  }

  @Override
  public MappedRegion map(long position, long bytes) throws IOException {
    if (mapper == null) {
      throw new UnsupportedOperationException(path + ": opened for direct transfers");
    }
    FileChannel source = mapper;
    MapMode access = mode == OpenMode.READ ? MapMode.READ_ONLY : MapMode.READ_WRITE;
    mapping.lock();
    try {
      MappedRanges.check(path, position, bytes, size());
      for (DiskRegion region : regions) {
        MappedRanges.checkDisjoint(path, position, bytes, region.start(), region.end());
      }
      Arena arena = RegionArena.open();
      DiskRegion region = null;
      try {
        MemorySegment segment =
            Uninterrupted.call(() -> source.map(access, position, bytes, arena));
        region = new DiskRegion(this, position, arena, segment);
        regions.add(region);
        return region;
      } finally {
        if (region == null) {
          arena.close();
        }
      }
    } catch (EOFException e) {
      throw e;
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    } finally {
      mapping.unlock();
    }
  }

  /** Called by a region that closed. */
  void unmapped(DiskRegion region) {
    mapping.lock();
    try {
      regions.remove(region);
    } finally {
      mapping.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      try {
        channel.close();
      } finally {
        if (mapper != null) {
          mapper.close();
        }
      }
    } catch (IOException e) {
      throw FileFailure.naming(path, e);
    }
  }
}
