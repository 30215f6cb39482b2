package io.drey;

import io.drey.engine.art.GroupLookup;
import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PrefixCounter;
import io.drey.engine.art.PrefixLookup;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.layout.Leaf;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Point reads of one tree. What a reader copies out it copies inside the gate; a blob out of memory
 * is loaded outside of it and stays pinned until the read is done.
 */
final class Reads {
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

  /** A walk: 0 = absent, negative = {@code ~blob} of a missing blob, else where the leaf is. */
  private interface Walk {
    long find(Frames frames, long tree, byte[] key);
  }

  /** What a read takes from a record, inside the gate. */
  private interface Take<T> {
    T from(MemorySegment segment, long leaf, byte[] key, long found);
  }

  byte @Nullable [] value(byte[] key) {
    if (key.length > Limits.BYTES_MAX) {
      store.checkOpen();
      return null;
    }
    lookups.increment();
    long found;
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      found = PointLookup.find(store.pool, tree, key);
      if (found > 0) {
        Frame frame = frame(found);
        return valueOf(frame.segment, node(frame, found));
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } finally {
      store.gate.leaveShared(stamp);
    }
    return found == 0 ? null : coldValue(key, ~found);
  }

  /**
   * Copies the value to the beginning of {@code target}, which the caller has checked, if it fits.
   *
   * @return the value's bytes, or {@link #ABSENT}
   */
  int copy(byte[] key, MemorySegment target) {
    if (key.length > Limits.BYTES_MAX) {
      store.checkOpen();
      return ABSENT;
    }
    lookups.increment();
    long found;
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      found = PointLookup.find(store.pool, tree, key);
      if (found > 0) {
        Frame frame = frame(found);
        return copyOf(frame.segment, node(frame, found), target);
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } finally {
      store.gate.leaveShared(stamp);
    }
    Integer copied =
        found == 0
            ? null
            : cold(PointLookup::find, key, ~found, (s, leaf, k, at) -> copyOf(s, leaf, target));
    return copied == null ? ABSENT : copied;
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
        values[from + i] = coldValue(keys[from + i], ~group.found(i));
      }
    }
  }

  @Nullable Entry entry(byte[] key) {
    return read(
        PointLookup::find,
        key,
        (segment, leaf, k, found) ->
            new Entry(k.clone(), valueOf(segment, leaf), Leaf.version(segment, leaf)));
  }

  boolean contains(byte[] key) {
    return read(PointLookup::find, key, (segment, leaf, k, found) -> Boolean.TRUE) != null;
  }

  /** The record whose key is the longest beginning of {@code query}. */
  @Nullable Entry longestPrefix(byte[] query) {
    return read(
        PrefixLookup::find,
        query,
        (segment, leaf, k, found) ->
            new Entry(
                Arrays.copyOf(k, PrefixLookup.keyLength(found)),
                valueOf(segment, leaf),
                Leaf.version(segment, leaf)));
  }

  private <T> @Nullable T read(Walk walk, byte[] key, Take<T> take) {
    lookups.increment();
    long found;
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      found = walk.find(store.pool, tree, key);
      if (found > 0) {
        Frame frame = frame(found);
        return take.from(frame.segment, node(frame, found), key, found);
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } finally {
      store.gate.leaveShared(stamp);
    }
    return found == 0 ? null : cold(walk, key, ~found, take);
  }

  private byte @Nullable [] coldValue(byte[] key, long missing) {
    return cold(PointLookup::find, key, missing, (s, leaf, k, found) -> valueOf(s, leaf));
  }

  private <T> @Nullable T cold(Walk walk, byte[] key, long missing, Take<T> take) {
    Pins pins = new Pins();
    try {
      long blob = missing;
      while (true) {
        store.residency.load(blob, pins);
        long stamp = store.gate.enterShared();
        try {
          store.checkOpen();
          long found = walk.find(store.pool, tree, key);
          if (found > 0) {
            Frame frame = frame(found);
            return take.from(frame.segment, node(frame, found), key, found);
          }
          if (found == 0) {
            return null;
          }
          blob = ~found;
        } finally {
          store.gate.leaveShared(stamp);
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } catch (IOException e) {
      throw store.failure("get", e);
    } finally {
      store.residency.release(pins);
    }
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
    return store.pool.at(PointLookup.frameIndex(found));
  }

  private static long node(Frame frame, long found) {
    return frame.base + PointLookup.leaf(found);
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

  private static int copyOf(MemorySegment segment, long leaf, MemorySegment target) {
    int length = Leaf.valueLength(segment, leaf);
    if (length <= target.byteSize()) {
      MemorySegment.copy(segment, Leaf.value(segment, leaf), target, 0, length);
    }
    return length;
  }

  long lookups() {
    return lookups.sum();
  }
}
