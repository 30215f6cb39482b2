package io.drey;

import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PointLookup.Wanted;
import io.drey.engine.art.PrefixCounter;
import io.drey.engine.pool.Pins;
import java.io.IOException;
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

  private final OpenStore store;
  private final long tree;
  private final LongAdder lookups = new LongAdder();

  Reads(OpenStore store, long tree) {
    this.store = store;
    this.tree = tree;
  }

  byte @Nullable [] value(byte[] key) {
    return (byte[]) read(key, Wanted.VALUE);
  }

  @Nullable Entry entry(byte[] key) {
    return (Entry) read(key, Wanted.ENTRY);
  }

  boolean contains(byte[] key) {
    return read(key, Wanted.PRESENCE) != null;
  }

  private @Nullable Object read(byte[] key, Wanted wanted) {
    if (key.length > Limits.BYTES_MAX) {
      store.checkOpen();
      return null;
    }
    lookups.increment();
    Object read = optimistic(key, wanted);
    if (read == PointLookup.RESTART) {
      read = shared(key, wanted);
    }
    return read instanceof PointLookup.Missing(long blob) ? cold(key, blob, wanted) : read;
  }

  private @Nullable Object optimistic(byte[] key, Wanted wanted) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      store.checkOpen();
      try {
        Object read = PointLookup.read(store.pool, tree, key, wanted);
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

  private @Nullable Object shared(byte[] key, Wanted wanted) {
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      Object read = PointLookup.read(store.pool, tree, key, wanted);
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

  private @Nullable Object cold(byte[] key, long missing, Wanted wanted) {
    Pins pins = new Pins();
    try {
      long blob = missing;
      while (true) {
        store.residency.load(blob, pins);
        Object read = shared(key, wanted);
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

  long lookups() {
    return lookups.sum();
  }
}
