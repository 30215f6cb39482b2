package io.drey;

import io.drey.Steps.Step;
import io.drey.engine.art.GroupLookup;
import io.drey.engine.art.PointLookup;
import io.drey.engine.art.PointLookup.Missing;
import io.drey.engine.art.PointLookup.Wanted;
import io.drey.engine.event.ReadOperation;
import io.drey.engine.frame.Frames;
import io.drey.engine.pool.ColdReads;
import io.drey.engine.pool.ColdWalk;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Point reads of one view of a tree: optimistic, so that they wait for nobody and nobody waits for
 * them; after many {@link Restarts} inside the gate, alone. A blob out of memory is read by pages,
 * or loaded outside the gate and pinned until the read is done.
 */
final class Reads {
  /** What {@link #copy} says of an absent key. */
  static final int ABSENT = -1;

  /** Reads by pages that met a change; then what is needed comes into memory and stays there. */
  private static final int COLD_RESTARTS_MAX = 4;

  private final OpenStore store;
  private final View view;
  private final Frames frames;
  private final long tree;
  private final Spares<GroupLookup> groups = new Spares<>(GroupLookup::new);
  private final Spares<ColdWalk> coldWalks;

  Reads(OpenStore store, View view, long tree) {
    this.store = store;
    this.view = view;
    this.frames = view.frames();
    this.tree = tree;
    this.coldWalks = new Spares<>(store.residency.cold()::walk);
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
      view.checkOpen();
      return null;
    }
    store.lookups.increment();
    ReadOperation event = new ReadOperation();
    event.begin();
    long begun = store.latencies.get.begin();
    Object read = optimistic(key, wanted, target);
    if (read == PointLookup.RESTART || read instanceof Missing) {
      read = slow(key, read, wanted, target);
    }
    store.latencies.get.end(begun);
    event.end();
    if (event.shouldCommit()) {
      event.store = store.gate.store();
      event.operation = name(wanted);
      event.keyBytes = key.length;
      event.valueBytes = valueBytes(read);
      event.found = read != null;
      event.commit();
    }
    return read;
  }

  private static int valueBytes(@Nullable Object read) {
    return switch (read) {
      case byte[] value -> value.length;
      case Entry entry -> entry.value().length;
      case Integer copied -> copied;
      case null, default -> 0;
    };
  }

  private static String name(Wanted wanted) {
    return switch (wanted) {
      case VALUE -> "get";
      case COPY -> "get into a segment";
      case ENTRY -> "getEntry";
      case PRESENCE -> "contains";
    };
  }

  /** Goes on where an optimistic walk met a blob out of memory, or too many changes. */
  private @Nullable Object slow(
      byte[] key, @Nullable Object met, Wanted wanted, MemorySegment target) {
    Steps steps = new Steps(store.gate.store(), "get");
    try {
      Object read = met;
      if (read == PointLookup.RESTART) {
        steps.begin();
        read = alone(key, wanted, target);
        steps.end(Step.GATE);
      }
      return read instanceof Missing missing ? cold(key, missing, wanted, target, steps) : read;
    } finally {
      steps.close();
    }
  }

  private @Nullable Object optimistic(byte[] key, Wanted wanted, MemorySegment target) {
    for (int met = 0; met < Restarts.MOST; met++) {
      view.checkOpen();
      try {
        long moves = frames.moves();
        Object read = PointLookup.read(frames, tree, key, wanted, target);
        if (read != PointLookup.RESTART && frames.moves() == moves) {
          return read;
        }
      } catch (IndexOutOfBoundsException e) {
        // The frame changed while it was read. If it did not, the read inside the gate will tell.
      } catch (IllegalStateException e) {
        view.checkOpen(); // its memory is gone when it is closed
      }
      store.restarts.met(met);
    }
    return PointLookup.RESTART;
  }

  private @Nullable Object alone(byte[] key, Wanted wanted, MemorySegment target) {
    long stamp = store.gate.enter();
    try {
      view.checkOpen();
      return sound(PointLookup.read(frames, tree, key, wanted, target));
    } catch (IndexOutOfBoundsException e) {
      throw store.damaged(e);
    } finally {
      store.gate.leave(stamp);
    }
  }

  /** Alone nothing changes under a walk: it comes to an end, or to damage. */
  static @Nullable Object sound(@Nullable Object read) {
    if (read == PointLookup.RESTART) {
      throw new IndexOutOfBoundsException("an edge leads to no blob");
    }
    return read;
  }

  /** Reads on by pages, or loads what is out of memory and pins it. */
  private @Nullable Object cold(
      byte[] key, Missing first, Wanted wanted, MemorySegment target, Steps steps) {
    Pins pins = new Pins();
    try {
      Object read = first;
      int met = 0;
      while (read instanceof Missing missing) {
        boolean byPages = met < COLD_RESTARTS_MAX && store.residency.cold().serve(missing);
        steps.begin();
        if (byPages) {
          read = byPages(key, wanted, target);
        } else {
          view.load(missing.blob(), pins);
        }
        steps.end(Step.LOAD);
        if (!byPages || read == PointLookup.RESTART) {
          met += byPages ? 1 : 0;
          read = optimistic(key, wanted, target);
          read = read == PointLookup.RESTART ? alone(key, wanted, target) : read;
        }
      }
      return read;
    } catch (IOException e) {
      throw store.failure("get", e);
    } finally {
      store.residency.release(pins);
    }
  }

  /** One walk, optimistic in memory, that reads pages of the blobs which are to be read so. */
  private @Nullable Object byPages(byte[] key, Wanted wanted, MemorySegment target)
      throws IOException {
    ColdReads cold = store.residency.cold();
    ColdWalk walk = coldWalks.take();
    try {
      view.checkOpen();
      long moves = frames.moves();
      Object read = PointLookup.read(frames, tree, key, wanted, target);
      while (read instanceof Missing missing && cold.serve(missing)) {
        read = walk.read(frames, missing, tree, key, wanted, target);
      }
      return frames.moves() == moves ? read : PointLookup.RESTART;
    } catch (IndexOutOfBoundsException e) {
      return PointLookup.RESTART; // if nothing changed, the read of whole images will tell
    } catch (IllegalStateException e) {
      view.checkOpen(); // its memory is gone when it is closed
      return PointLookup.RESTART;
    } finally {
      coldWalks.give(walk);
    }
  }

  /** The values of several keys, found side by side, a group at a time. */
  byte[] @Nullable [] values(byte[][] keys) {
    view.checkOpen();
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

  /** What is not answered at once is read key by key. */
  private void fill(
      GroupLookup group, byte[][] keys, int from, int count, byte[] @Nullable [] values) {
    int unanswered = (1 << count) - 1;
    try {
      long moves = frames.moves();
      int left = group.read(frames, tree, keys, from, count, values);
      if (frames.moves() == moves) {
        unanswered = left;
      }
    } catch (IndexOutOfBoundsException e) {
      // A frame changed while it was read. If it did not, the single reads will tell.
    } catch (IllegalStateException e) {
      view.checkOpen(); // their memory is gone when it is closed
    }
    view.checkOpen();
    store.lookups.add(count - Integer.bitCount(unanswered));
    for (int rest = unanswered; rest != 0; rest &= rest - 1) {
      int at = from + Integer.numberOfTrailingZeros(rest);
      values[at] = value(keys[at]);
    }
  }
}
