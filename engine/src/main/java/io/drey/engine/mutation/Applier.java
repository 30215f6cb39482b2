package io.drey.engine.mutation;

import io.drey.engine.art.Descent;
import io.drey.engine.art.Inserter;
import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.RangeWalker;
import io.drey.engine.art.Remover;
import io.drey.engine.art.Section;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.Leaf;
import io.drey.engine.log.Mutation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Predicate;

/**
 * Changes the tree in memory: for one change at a time, inside the gate, alone or beside others.
 *
 * <p>A change is walked first; once a walk has met no blob out of memory, and beside others has
 * been {@link #hold held} and prepared, applying cannot fail: the frames it needs are spare or are
 * allocated.
 */
public final class Applier {
  /** {@link #apply}: done. */
  public static final long APPLIED = 0;

  /** {@link #apply}: a rename whose source is absent. */
  public static final long NO_SOURCE = -1;

  private static final byte[] EMPTY = {};

  private static final int SECTION_ENTRIES = 64;
  private static final int SECTION_BYTES = 16 << 10;

  /** {@link #walk}: another change was met, walk again. Beside others only. */
  public static final long STALE = -2;

  private final WritableFrames frames;
  private final Section section = new Section();
  private final Descent descent = new Descent();
  private Descent.Outcome outcome = Descent.Outcome.ABSENT;

  public Applier(WritableFrames frames) {
    this.frames = frames;
  }

  /** Walks to a physical key; returns 0, {@link #STALE}, or the blob that is not in memory. */
  public long walk(byte[] key) {
    outcome = descent.walk(frames, key);
    return switch (outcome) {
      case MISSING -> descent.missingBlob();
      case STALE -> STALE;
      case FOUND, ABSENT -> 0;
    };
  }

  /** Whether what the last walk came to is still so. */
  public boolean isValid() {
    return descent.isValid();
  }

  /** Keeps what the last walk came to as it is; false = it is not so any more: walk again. */
  public boolean hold() {
    return descent.hold(frames);
  }

  /** Makes ready for {@link #put} at the key of the last walk; false = walk again. */
  public boolean preparePut(byte[] key, int valueLength) {
    return Inserter.ensureRoom(frames, descent, key, valueLength);
  }

  /** Makes ready for {@link #delete} of what the last walk came to; false = walk again. */
  public boolean prepareDelete() {
    return Remover.prepare(frames, descent);
  }

  /** Whether the last walk came to a record. */
  public boolean found() {
    return outcome == Descent.Outcome.FOUND;
  }

  /** The version of the record that the last walk came to. */
  public long version() {
    return descent.version();
  }

  /** A copy of the value of the record that the last walk came to. */
  public byte[] value() {
    if (descent.valueLength() == 0) {
      return EMPTY;
    }
    Frame frame = descent.frame();
    MemorySegment segment = frame.segment;
    byte[] value = new byte[descent.valueLength()];
    MemorySegment.copy(
        segment,
        ValueLayout.JAVA_BYTE,
        Leaf.value(segment, frame.base + descent.leaf()),
        value,
        0,
        value.length);
    return value;
  }

  /** Stores the record at the key of the last walk, after {@link #preparePut}. */
  public void put(byte[] key, byte[] value, long version) {
    Inserter.apply(frames, descent, key, value, version);
  }

  /** Removes what the last walk came to; beside others after {@link #prepareDelete}. */
  public void delete(byte[] key) {
    Remover.delete(frames, descent, key);
  }

  /**
   * Applies a mutation if all that it touches is in memory.
   *
   * @return {@link #APPLIED}, {@link #NO_SOURCE}, or the blob that is not in memory; nothing has
   *     changed unless it was applied
   */
  public long apply(Mutation mutation, long version) {
    return switch (mutation) {
      case Mutation.Put(byte[] key, byte[] value) -> {
        long missing = walk(key);
        if (missing == 0) {
          Inserter.put(frames, descent, key, value, version);
        }
        yield missing;
      }
      case Mutation.Delete(byte[] key) -> {
        long missing = walk(key);
        if (found()) {
          delete(key);
        }
        yield missing;
      }
      case Mutation.Rename(byte[] source, byte[] target) -> rename(source, target, version);
    };
  }

  private long rename(byte[] source, byte[] target, long version) {
    long missing = walk(target);
    if (missing == 0) {
      missing = walk(source);
    }
    if (missing != 0) {
      return missing;
    }
    if (!found()) {
      return NO_SOURCE;
    }
    byte[] value = value();
    delete(source);
    if (walk(target) != 0) {
      throw new IllegalStateException("a blob left memory inside the gate");
    }
    Inserter.put(frames, descent, target, value, version);
    return APPLIED;
  }

  /** Applies mutations that were walked before, with ascending versions from {@code first} on. */
  public void applyAll(List<Mutation> mutations, long first) {
    for (int i = 0; i < mutations.size(); i++) {
      long outcome = apply(mutations.get(i), first + i);
      if (outcome != APPLIED) {
        throw new IllegalStateException("a planned mutation came to " + outcome);
      }
    }
  }

  /**
   * Hands out the keys below a physical prefix in order until {@code goOn} says no.
   *
   * @return 0, or the blob that is not in memory; then some keys were handed out
   */
  public long forEachKey(byte[] prefix, Predicate<byte[]> goOn) {
    RangeRequest request = RangeRequest.below(EMPTY, prefix).withoutValues();
    section.start(request);
    section.limit(SECTION_ENTRIES, SECTION_BYTES);
    do {
      RangeWalker.fill(frames, request, section);
      if (section.end() == Section.End.STALE) {
        throw new IndexOutOfBoundsException("an edge leads to no blob");
      }
      for (int i = 0; i < section.size(); i++) {
        if (!goOn.test(section.key(i))) {
          return 0;
        }
      }
      if (section.end() == Section.End.MISSING) {
        return section.missingBlob();
      }
    } while (section.end() == Section.End.FULL);
    return 0;
  }
}
