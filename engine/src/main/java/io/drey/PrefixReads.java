package io.drey;

import io.drey.Steps.Step;
import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PointLookup.Missing;
import io.drey.engine.art.PrefixCounter;
import io.drey.engine.art.PrefixLookup;
import io.drey.engine.frame.Frames;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one view of a tree that tell of several blobs at once, and validate the stamps of all:
 * the longest prefix, and counts. Else as {@link Reads}; what is out of memory is loaded.
 */
final class PrefixReads {
  private final OpenStore store;
  private final View view;
  private final Frames frames;
  private final long tree;
  private final Spares<PrefixLookup> prefixes = new Spares<>(PrefixLookup::new);

  PrefixReads(OpenStore store, View view, long tree) {
    this.store = store;
    this.view = view;
    this.frames = view.frames();
    this.tree = tree;
  }

  /** The record whose key is the longest beginning of {@code query}. */
  @Nullable Entry longestPrefix(byte[] query) {
    store.lookups.increment();
    long begun = store.latencies.longestPrefix.begin();
    Steps steps = new Steps(store.gate.store(), "longestPrefix");
    PrefixLookup lookup = prefixes.take();
    Pins pins = new Pins();
    try {
      int met = 0;
      while (true) {
        Object read = met < Restarts.MOST ? optimistic(lookup, query) : alone(lookup, query);
        if (read == PointLookup.RESTART) {
          store.restarts.met(met++);
        } else if (read instanceof Missing missing) {
          steps.begin();
          view.load(missing.blob(), pins);
          steps.end(Step.LOAD);
        } else {
          store.latencies.longestPrefix.end(begun);
          return (Entry) read;
        }
      }
    } catch (IOException e) {
      throw store.failure("longestPrefix", e);
    } finally {
      prefixes.give(lookup);
      store.residency.release(pins);
      steps.close();
    }
  }

  private @Nullable Object optimistic(PrefixLookup lookup, byte[] query) {
    view.checkOpen();
    try {
      long moves = frames.moves();
      Object read = lookup.read(frames, tree, query);
      return frames.moves() == moves ? read : PointLookup.RESTART;
    } catch (IndexOutOfBoundsException e) {
      return PointLookup.RESTART; // if nothing changed, the read inside the gate will tell
    } catch (IllegalStateException e) {
      view.checkOpen(); // their memory is gone when it is closed
      return PointLookup.RESTART;
    }
  }

  private @Nullable Object alone(PrefixLookup lookup, byte[] query) {
    long stamp = store.gate.enter();
    try {
      view.checkOpen();
      return Reads.sound(lookup.read(frames, tree, query));
    } catch (IndexOutOfBoundsException e) {
      throw store.damaged(e);
    } finally {
      store.gate.leave(stamp);
    }
  }

  PrefixCount count(byte[] prefix) {
    byte[] physical = TreeKeys.physical(tree, prefix);
    PrefixCounter counter = new PrefixCounter();
    long begun = store.latencies.count.begin();
    Steps steps = new Steps(store.gate.store(), "count");
    Pins pins = new Pins();
    try {
      int met = 0;
      while (true) {
        long missing =
            met < Restarts.MOST ? optimistic(counter, physical) : alone(counter, physical);
        if (missing == PrefixCounter.DONE) {
          store.latencies.count.end(begun);
          long keyBytes = counter.keyBytes() - counter.records() * TreeKeys.PREFIX_BYTES;
          return new PrefixCount(counter.records(), keyBytes + counter.valueBytes());
        }
        if (missing == PrefixCounter.STALE) {
          store.restarts.met(met++);
        } else {
          steps.begin();
          view.load(missing, pins);
          steps.end(Step.LOAD);
        }
      }
    } catch (IOException e) {
      throw store.failure("count", e);
    } finally {
      store.residency.release(pins);
      steps.close();
    }
  }

  private long optimistic(PrefixCounter counter, byte[] physical) {
    view.checkOpen();
    try {
      long moves = frames.moves();
      long counted = counter.count(frames, view.rows(), physical);
      return frames.moves() == moves ? counted : PrefixCounter.STALE;
    } catch (IndexOutOfBoundsException e) {
      return PrefixCounter.STALE; // if nothing changed, the count inside the gate will tell
    } catch (IllegalStateException e) {
      view.checkOpen(); // their memory is gone when it is closed
      return PrefixCounter.STALE;
    }
  }

  private long alone(PrefixCounter counter, byte[] physical) {
    long stamp = store.gate.enter();
    try {
      view.checkOpen();
      return counter.count(frames, view.rows(), physical);
    } catch (IndexOutOfBoundsException e) {
      throw store.damaged(e);
    } finally {
      store.gate.leave(stamp);
    }
  }
}
