package io.drey;

import io.drey.engine.art.GroupLookup;
import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PointLookup.Wanted;
import io.drey.engine.art.PrefixCounter;
import io.drey.engine.art.PrefixLookup;
import io.drey.engine.art.RecordPlace;
import io.drey.engine.frame.Frame;
import io.drey.engine.layout.Leaf;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Point reads of one tree: optimistic, so that they wait for nobody and nobody waits for them;
 * after a few restarts inside the gate, shared. A blob out of memory is loaded outside of it and
 * stays pinned until the read is done.
 */
final class Reads {
  /** Reads that met a change before the gate is entered; a change takes about a microsecond. */
  private static final int ATTEMPTS = 8;

  /** What {@link #copy} says of an absent key. */
  static final int ABSENT = -1;

  private static final byte[] EMPTY = {};

  private final OpenStore store;
  private final long tree;
  private final LongAdder lookups = new LongAdder();
  private final Spares<GroupLookup> groups = new Spares<>(GroupLookup::new);

  Reads(OpenStore store, long tree) {
    this.store = store;
    this.tree = tree;
  }

  byte @Nullable [] value(byte[] key) {
    return (byte[]) read(key, Wanted.VALUE, MemorySegment.NULL);
  }

  @Nullable Entry entry(byte[] key) {
    return (Entry) read(key, Wanted.ENTRY, MemorySegment.NULL);
  }

  boolean contains(byte[] key) {
    return read(key, Wanted.PRESENCE, MemorySegment.NULL) != null;
  }

  /**
   * Copies the value to the beginning of {@code target}, which the caller has checked, if it fits.
   *
   * @return the value's bytes, or {@link #ABSENT}
   */
  int copy(byte[] key, MemorySegment target) {
    Integer copied = (Integer) read(key, Wanted.COPY, target);
    return copied == null ? ABSENT : copied;
  }

  private @Nullable Object read(byte[] key, Wanted wanted, MemorySegment target) {
    if (key.length > Limits.BYTES_MAX) {
      store.checkOpen();
      return null;
    }
    lookups.increment();
    Object read = optimistic(key, wanted, target);
    if (read == PointLookup.RESTART) {
      read = shared(key, wanted, target);
    }
    return read instanceof PointLookup.Missing(long blob) ? cold(key, blob, wanted, target) : read;
  }

  private @Nullable Object optimistic(byte[] key, Wanted wanted, MemorySegment target) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      store.checkOpen();
      try {
        Object read = PointLookup.read(store.pool, tree, key, wanted, target);
        if (read != PointLookup.RESTART) {
          return read;
        }
      } catch (IndexOutOfBoundsException e) {
        // The frame changed while it was read. If it did not, the read inside the gate will tell.
      } catch (IllegalStateException e) {
        store.checkOpen(); // its memory is gone when it is closed
      }
      store.restarts.increment();
      Thread.onSpinWait();
    }
    return PointLookup.RESTART;
  }

  private @Nullable Object shared(byte[] key, Wanted wanted, MemorySegment target) {
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      Object read = PointLookup.read(store.pool, tree, key, wanted, target);
      if (read == PointLookup.RESTART) {
        throw new IndexOutOfBoundsException("an edge leads to no blob");
      }
      return read;
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } finally {
      store.gate.leaveShared(stamp);
    }
  }

  private @Nullable Object cold(byte[] key, long missing, Wanted wanted, MemorySegment target) {
    Pins pins = new Pins();
    try {
      long blob = missing;
      while (true) {
        store.residency.load(blob, pins);
        Object read = shared(key, wanted, target);
        if (!(read instanceof PointLookup.Missing(long next))) {
          return read;
        }
        blob = next;
      }
    } catch (IOException e) {
      throw store.failure("get", e);
    } finally {
      store.residency.release(pins);
    }
  }

  /** The values of several keys, found side by side, a group inside the gate at a time. */
  byte[] @Nullable [] values(byte[][] keys) {
    store.checkOpen();
    byte[] @Nullable [] values = new byte[keys.length] @Nullable [];
    GroupLookup group = groups.take();
    int from = 0;
    for (; keys.length - from > 1; from += GroupLookup.KEYS_MAX) {
      fill(group, keys, from, Math.min(keys.length - from, GroupLookup.KEYS_MAX), values);
    }
    groups.give(group);
    if (from < keys.length) {
      values[from] = value(keys[from]);
    }
    return values;
  }

  private void fill(
      GroupLookup group, byte[][] keys, int from, int count, byte[] @Nullable [] values) {
    lookups.add(count);
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      group.find(store.pool, tree, keys, from, count);
      for (int i = 0; i < count; i++) {
        long found = group.found(i);
        if (found > 0) {
          Frame frame = frame(found);
          values[from + i] = valueOf(frame.segment, node(frame, found));
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } finally {
      store.gate.leaveShared(stamp);
    }
    for (int i = 0; i < count; i++) {
      if (group.found(i) < 0) {
        values[from + i] =
            (byte[]) cold(keys[from + i], ~group.found(i), Wanted.VALUE, MemorySegment.NULL);
      }
    }
  }

  /** The record whose key is the longest beginning of {@code query}. */
  @Nullable Entry longestPrefix(byte[] query) {
    lookups.increment();
    Pins pins = new Pins();
    try {
      while (true) {
        long place;
        long stamp = store.gate.enterShared();
        try {
          store.checkOpen();
          place = PrefixLookup.find(store.pool, tree, query);
          if (place > 0) {
            return entryAt(place, query);
          }
        } finally {
          store.gate.leaveShared(stamp);
        }
        if (place == RecordPlace.ABSENT) {
          return null;
        }
        store.residency.load(~place, pins);
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } catch (IOException e) {
      throw store.failure("longestPrefix", e);
    } finally {
      store.residency.release(pins);
    }
  }

  private Entry entryAt(long place, byte[] query) {
    Frame frame = frame(place);
    long leaf = node(frame, place);
    byte[] key = Arrays.copyOf(query, RecordPlace.keyLength(place));
    return new Entry(key, valueOf(frame.segment, leaf), Leaf.version(frame.segment, leaf));
  }

  PrefixCount count(byte[] prefix) {
    byte[] physical = TreeKeys.physical(tree, prefix);
    PrefixCounter counter = new PrefixCounter();
    Pins pins = new Pins();
    try {
      while (true) {
        long missing;
        long stamp = store.gate.enterShared();
        try {
          store.checkOpen();
          missing = counter.count(store.pool, store.pool, physical);
        } finally {
          store.gate.leaveShared(stamp);
        }
        if (missing == PrefixCounter.DONE) {
          long keyBytes = counter.keyBytes() - counter.records() * TreeKeys.PREFIX_BYTES;
          return new PrefixCount(counter.records(), keyBytes + counter.valueBytes());
        }
        store.residency.load(missing, pins);
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } catch (IOException e) {
      throw store.failure("count", e);
    } finally {
      store.residency.release(pins);
    }
  }

  private Frame frame(long found) {
    return store.pool.at(RecordPlace.frameIndex(found));
  }

  private static long node(Frame frame, long found) {
    return frame.base + RecordPlace.leaf(found);
  }

  private static byte[] valueOf(MemorySegment segment, long leaf) {
    int length = Leaf.valueLength(segment, leaf);
    if (length == 0) {
      return EMPTY;
    }
    byte[] value = new byte[length];
    MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, Leaf.value(segment, leaf), value, 0, length);
    return value;
  }

  long lookups() {
    return lookups.sum();
  }
}
