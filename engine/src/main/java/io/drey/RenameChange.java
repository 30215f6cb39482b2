package io.drey;

import io.drey.engine.log.Mutation;
import io.drey.engine.log.MutationCodec;
import io.drey.engine.log.MutationType;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import java.util.Arrays;
import java.util.List;

/** The move of one record to another key; both keys are physical and within the limit. */
final class RenameChange extends PendingChange {
  private final byte[] source;
  private final byte[] target;
  private final Existing existing;
  private final byte[] body;

  RenameChange(byte[] source, byte[] target, Existing existing) {
    this.source = source;
    this.target = target;
    this.existing = existing;
    this.body = MutationCodec.rename(source, target);
  }

  @Override
  String operation() {
    return "rename";
  }

  @Override
  LatencyRecorder recorder(Latencies latencies) {
    return latencies.rename;
  }

  @Override
  int bodyBytesAtMost() {
    return body.length;
  }

  @Override
  int framesAtMost() {
    return 2 * FramePool.SPARE_FRAMES;
  }

  /** Alone, so that whoever reads sees all of it or nothing. */
  @Override
  boolean besideOthers() {
    return false;
  }

  @Override
  boolean prepare(Applier applier) {
    return true;
  }

  @Override
  long check(Applier applier) {
    long missing = applier.walk(target);
    if (missing != 0) {
      return missing;
    }
    boolean occupied = applier.found();
    missing = applier.walk(source);
    if (missing != 0) {
      return missing;
    }
    if (!applier.found()) {
      throw new KeyNotFoundException(TreeKeys.user(source));
    }
    if (Arrays.equals(source, target)) {
      return REFUSED;
    }
    if (occupied && existing == Existing.KEEP) {
      throw new KeyExistsException(TreeKeys.user(target));
    }
    return READY;
  }

  @Override
  int type() {
    return MutationType.RENAME;
  }

  @Override
  byte[] body() {
    return body;
  }

  @Override
  int seqCount() {
    return 1;
  }

  @Override
  void apply(Applier applier, long seq) {
    applier.applyAll(List.of(new Mutation.Rename(source, target)), seq);
  }
}
