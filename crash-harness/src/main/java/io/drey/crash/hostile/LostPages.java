package io.drey.crash.hostile;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a failed force left in the page cache alone. An operating system marks such pages clean:
 * they read well, the next force succeeds without them, and a power cut brings the old bytes back.
 * A sector that is written again is saved by the next force. Guarded by itself.
 */
final class LostPages {
  /** The bytes on the disk, and those in the page cache. */
  private static final class Sector {
    final byte[] durable;
    final byte[] cached;

    Sector(byte[] durable, byte[] cached) {
      this.durable = durable;
      this.cached = cached;
    }
  }

  private static final class Pages {
    /** Durable content of the sectors written since the last force, by sector number. */
    final TreeMap<Long, byte[]> dirty = new TreeMap<>();

    final TreeMap<Long, Sector> lost = new TreeMap<>();
  }

  private final Map<Path, Pages> files = new HashMap<>();

  /** Notes a write that is about to happen. */
  synchronized void writing(Call call, StorageFile file) throws IOException {
    Pages pages = files.computeIfAbsent(call.path(), _ -> new Pages());
    long end = call.position() + call.bytes();
    for (long n = call.position() / Sectors.BYTES; n * Sectors.BYTES < end; n++) {
      Sector lost = pages.lost.remove(n);
      if (lost != null) {
        pages.dirty.put(n, lost.durable);
      } else if (!pages.dirty.containsKey(n)) {
        pages.dirty.put(n, Sectors.read(file, n * Sectors.BYTES, Sectors.BYTES));
      }
    }
  }

  synchronized void forced(Path path) {
    Pages pages = files.get(path);
    if (pages != null) {
      pages.dirty.clear();
    }
  }

  synchronized void forceFailed(Path path, StorageFile file) throws IOException {
    Pages pages = files.get(path);
    if (pages != null) {
      for (Map.Entry<Long, byte[]> entry : pages.dirty.entrySet()) {
        long position = entry.getKey() * Sectors.BYTES;
        byte[] cached = Sectors.read(file, position, Sectors.BYTES);
        pages.lost.put(entry.getKey(), new Sector(entry.getValue(), cached));
      }
      pages.dirty.clear();
    }
  }

  synchronized void renamed(Path from, Path to) {
    Pages moved = files.remove(from);
    if (moved == null) {
      files.remove(to);
    } else {
      files.put(to, moved);
    }
  }

  /** Takes out of what a power cut left the sectors that no force has saved. */
  synchronized void loseFrom(Vfs image) throws IOException {
    for (Map.Entry<Path, Pages> entry : files.entrySet()) {
      if (!entry.getValue().lost.isEmpty() && image.exists(entry.getKey())) {
        try (StorageFile file = image.open(entry.getKey(), OpenMode.WRITE, Caching.BUFFERED)) {
          for (Map.Entry<Long, Sector> lost : entry.getValue().lost.entrySet()) {
            lose(file, lost.getKey() * Sectors.BYTES, lost.getValue());
          }
        }
      }
    }
  }

  /** WHY the comparison: the name may stand for an older file, which has nothing to lose. */
  private static void lose(StorageFile file, long position, Sector sector) throws IOException {
    int bytes = Math.clamp(file.size() - position, 0, Sectors.BYTES);
    byte[] there = Sectors.read(file, position, bytes);
    if (bytes > 0 && Arrays.equals(there, Arrays.copyOf(sector.cached, bytes))) {
      file.write(position, MemorySegment.ofArray(sector.durable).asSlice(0, bytes));
    }
  }
}
