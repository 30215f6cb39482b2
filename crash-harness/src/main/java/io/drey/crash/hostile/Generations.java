package io.drey.crash.hostile;

import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the latest writes to each file replaced, and where they went: the stock that stale reads and
 * misdirected writes draw from. Guarded by itself.
 */
final class Generations {
  /** Older writes are forgotten. */
  private static final int KEPT_PER_FILE = 512;

  /** A write, and the bytes that were there before it. */
  private static final class Replaced {
    final long position;
    final byte[] before;

    Replaced(long position, byte[] before) {
      this.position = position;
      this.before = before;
    }
  }

  /** A place a write can be led astray to. */
  record Elsewhere(StorageFile file, Path path, long position) {}

  private static final class History {
    final List<Replaced> writes = new ArrayList<>();
    @Nullable StorageFile file;
  }

  private final Map<Path, History> files = new HashMap<>();

  /** Notes a write that is about to happen. */
  synchronized void writing(Call call, StorageFile file) throws IOException {
    byte[] before = Sectors.read(file, call.position(), (int) call.bytes());
    History history = files.computeIfAbsent(call.path(), _ -> new History());
    history.file = file;
    history.writes.add(new Replaced(call.position(), before));
    if (history.writes.size() > KEPT_PER_FILE) {
      history.writes.removeFirst();
    }
  }

  synchronized void renamed(Path from, Path to) {
    History moved = files.remove(from);
    if (moved == null) {
      files.remove(to);
    } else {
      files.put(to, moved);
    }
  }

  /**
   * Puts back, into the bytes just read, what the latest write to that range replaced.
   *
   * @return false if nothing there was ever replaced by something else
   */
  synchronized boolean makeStale(Call call, MemorySegment read) {
    History history = files.get(call.path());
    if (history == null) {
      return false;
    }
    for (Replaced write : history.writes.reversed()) {
      long from = Math.max(write.position, call.position());
      long to = Math.min(write.position + write.before.length, call.position() + read.byteSize());
      if (from < to) {
        MemorySegment old = MemorySegment.ofArray(write.before);
        MemorySegment stale = old.asSlice(from - write.position, to - from);
        MemorySegment target = read.asSlice(from - call.position(), to - from);
        if (stale.mismatch(target) >= 0) {
          target.copyFrom(stale);
          return true;
        }
      }
    }
    return false;
  }

  /** Another place in the same file, most often one written before, or in another file. */
  synchronized Elsewhere elsewhere(Call call, StorageFile file, RandomGenerator random) {
    List<Elsewhere> others = new ArrayList<>();
    List<Elsewhere> sames = new ArrayList<>();
    for (Map.Entry<Path, History> entry : files.entrySet()) {
      History history = entry.getValue();
      boolean same = entry.getKey().equals(call.path());
      for (Replaced write : history.writes) {
        if (history.file != null && !(same && write.position == call.position())) {
          (same ? sames : others).add(new Elsewhere(history.file, entry.getKey(), write.position));
        }
      }
    }
    List<Elsewhere> candidates = !others.isEmpty() && random.nextInt(4) == 0 ? others : sames;
    if (candidates.isEmpty()) {
      long unit = Math.max(call.bytes(), Sectors.BYTES);
      return new Elsewhere(file, call.path(), call.position() + unit);
    }
    return candidates.get(random.nextInt(candidates.size()));
  }
}
