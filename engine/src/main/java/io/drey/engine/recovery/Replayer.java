package io.drey.engine.recovery;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.Violation;
import io.drey.engine.log.Mutation;
import io.drey.engine.log.MutationCodec;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.Pins;
import io.drey.engine.pool.Residency;
import io.drey.journal.JournalConfig;
import io.drey.journal.Position;
import io.drey.journal.RecordVisitor;
import java.io.IOException;
import java.util.List;

/**
 * Applies the journal's records to the tree, in their order, on the state that the manifest names.
 * The pool may spill meanwhile: a replay may be larger than memory.
 */
final class Replayer implements RecordVisitor {
  private final Gate gate;
  private final Residency residency;
  private final Applier applier;
  private final JournalConfig journal;
  private long records;

  Replayer(Gate gate, FramePool pool, Residency residency, JournalConfig journal) {
    this.gate = gate;
    this.residency = residency;
    this.applier = new Applier(pool);
    this.journal = journal;
  }

  @Override
  public void visit(
      long position, long seq, int seqCount, int type, byte[] buffer, int offset, int length)
      throws IOException {
    List<Mutation> mutations = decode(position, type, buffer, offset, length);
    if (mutations.size() != seqCount) {
      throw damage(position, seqCount + " numbers for " + mutations.size() + " operations");
    }
    for (int i = 0; i < mutations.size(); i++) {
      apply(position, mutations.get(i), seq + i);
    }
    records++;
  }

  private List<Mutation> decode(long position, int type, byte[] buffer, int offset, int length) {
    try {
      return MutationCodec.decode(type, buffer, offset, length);
    } catch (IllegalArgumentException e) {
      throw damage(position, String.valueOf(e.getMessage()));
    }
  }

  private void apply(long position, Mutation mutation, long version) throws IOException {
    Pins pins = new Pins();
    try {
      while (true) {
        residency.ensureSpare(FramePool.SPARE_FRAMES, pins);
        long outcome;
        long stamp = gate.enter();
        try {
          outcome = applier.apply(mutation, version);
        } finally {
          gate.leave(stamp);
        }
        if (outcome == Applier.APPLIED) {
          return;
        }
        if (outcome == Applier.NO_SOURCE) {
          throw damage(position, "a rename of a key that is not there");
        }
        residency.load(outcome, pins);
      }
    } finally {
      residency.release(pins);
    }
  }

  private CorruptionException damage(long position, String detail) {
    return new CorruptionException(
        Check.JOURNAL_RECORD,
        journal.file(Position.segment(position)),
        Position.offset(position),
        Violation.NONE,
        detail);
  }

  long records() {
    return records;
  }
}
