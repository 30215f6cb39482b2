package io.drey.engine.mutation;

import io.drey.engine.art.Descent;
import io.drey.engine.art.Inserter;
import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.RangeWalker;
import io.drey.engine.art.Remover;
import io.drey.engine.art.Section;
import io.drey.engine.frame.Frame;
import io.drey.engine.layout.Leaf;
import io.drey.engine.log.Mutation;
import io.drey.engine.pool.FramePool;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Predicate;

/**
 * Changes the tree in memory. One user at a time, inside the gate, alone.
 *
 * <p>A change is walked first; once a walk has met no blob out of memory, applying cannot fail: the
 * frames it needs are spare or are allocated.
 */
public final class Applier {
  private static final byte[] EMPTY = {};

  private static final int SECTION_ENTRIES = 64;
  private static final int SECTION_BYTES = 16 << 10;

  private final FramePool pool;
  private final Section section = new Section();
  private final Descent descent = new Descent();
  private Descent.Outcome outcome = Descent.Outcome.ABSENT;

  public Applier(FramePool pool) {
    this.pool = pool;
  }

  /** Walks to a physical key; returns 0, or the blob that is not in memory. */
  public long walk(byte[] key) {
    outcome = descent.walk(pool, key);
    return outcome == Descent.Outcome.MISSING ? descent.missingBlob() : 0;
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
    Frame frame = pool.at(descent.frameIndex());
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

  /** Stores the record at the key of the last walk. */
  public void put(byte[] key, byte[] value, long version) {
    Inserter.put(pool, descent, key, value, version);
  }

  /** Removes the record that the last walk came to. */
  public void delete(byte[] key) {
    Remover.delete(pool, descent, key);
  }

  /** Walks wherever a mutation will go; returns 0, or the blob that is not in memory. */
  public long prepare(Mutation mutation) {
    return switch (mutation) {
      case Mutation.Put(byte[] key, byte[] value) -> walk(key);
      case Mutation.Delete(byte[] key) -> walk(key);
      case Mutation.Rename(byte[] source, byte[] target) -> {
        long missing = walk(target);
        yield missing != 0 ? missing : walk(source);
      }
    };
  }

  /** Applies a prepared mutation; false = a rename's source is absent, and nothing has changed. */
  public boolean apply(Mutation mutation, long version) {
    switch (mutation) {
      case Mutation.Put(byte[] key, byte[] value) -> {
        rewalk(key);
        put(key, value, version);
      }
      case Mutation.Delete(byte[] key) -> {
        rewalk(key);
        if (found()) {
          delete(key);
        }
      }
      case Mutation.Rename(byte[] source, byte[] target) -> {
        rewalk(source);
        if (!found()) {
          return false;
        }
        byte[] value = value();
        delete(source);
        rewalk(target);
        put(target, value, version);
      }
    }
    return true;
  }

  /** Applies prepared mutations in their order, with ascending versions from {@code first} on. */
  public void applyAll(List<Mutation> mutations, long first) {
    for (int i = 0; i < mutations.size(); i++) {
      if (!apply(mutations.get(i), first + i)) {
        throw new IllegalStateException("a rename that was planned has no source");
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
      RangeWalker.fill(pool, request, section);
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

  private void rewalk(byte[] key) {
    long missing = walk(key);
    if (missing != 0) {
      throw new IllegalStateException("blob " + missing + " left memory inside the gate");
    }
  }
}
