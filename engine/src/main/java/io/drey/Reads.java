package io.drey;

import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PrefixCounter;
import io.drey.engine.frame.Frame;
import io.drey.engine.layout.Leaf;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Point reads of one tree. What a reader copies out it copies inside the gate; a blob out of memory
 * is loaded outside of it and stays pinned until the read is done.
 */
final class Reads {
  private static final byte[] EMPTY = {};

  private final OpenStore store;
  private final long tree;
  private final LongAdder lookups = new LongAdder();

  Reads(OpenStore store, long tree) {
    this.store = store;
    this.tree = tree;
  }

  /** What a read takes from a record, inside the gate. */
  private interface Take<T> {
    T from(MemorySegment segment, long leaf, byte[] key);
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
    return found == 0 ? null : cold(key, ~found, (segment, leaf, k) -> valueOf(segment, leaf));
  }

  @Nullable Entry entry(byte[] key) {
    return read(
        key,
        (segment, leaf, k) ->
            new Entry(k.clone(), valueOf(segment, leaf), Leaf.version(segment, leaf)));
  }

  boolean contains(byte[] key) {
    return read(key, (segment, leaf, k) -> Boolean.TRUE) != null;
  }

  private <T> @Nullable T read(byte[] key, Take<T> take) {
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
        return take.from(frame.segment, node(frame, found), key);
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } finally {
      store.gate.leaveShared(stamp);
    }
    return found == 0 ? null : cold(key, ~found, take);
  }

  private <T> @Nullable T cold(byte[] key, long missing, Take<T> take) {
    Pins pins = new Pins();
    try {
      long blob = missing;
      while (true) {
        store.residency.load(blob, pins);
        long stamp = store.gate.enterShared();
        try {
          store.checkOpen();
          long found = PointLookup.find(store.pool, tree, key);
          if (found > 0) {
            Frame frame = frame(found);
            return take.from(frame.segment, node(frame, found), key);
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

  long lookups() {
    return lookups.sum();
  }
}
