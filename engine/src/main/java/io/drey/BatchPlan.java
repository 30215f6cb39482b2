package io.drey;

import io.drey.engine.log.Mutation;
import io.drey.engine.log.MutationCodec;
import io.drey.engine.log.MutationType;
import io.drey.engine.mutation.Applier;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a batch comes to on the tree as it is: whether its guards hold, and the mutations to apply.
 *
 * <p>The steps are run against an overlay over the tree, so each sees the ones before it, and
 * nothing is changed until all of them have passed. One thread, inside the gate.
 */
final class BatchPlan extends PendingChange {
  /** So many take a tenth of a millisecond and more. */
  private static final int LONG_STEPS = 100;

  private final List<BatchStep> steps;
  private final long bytesAtMost;

  private final NavigableMap<byte[], Pending> overlay = new TreeMap<>(Arrays::compareUnsigned);
  private final List<Mutation> mutations = new ArrayList<>();
  private boolean admitted;

  /** The value that a step before left; null = deleted. Its version is not known yet. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pending(byte @Nullable [] value) {}

  BatchPlan(List<BatchStep> steps) {
    this.steps = steps;
    this.bytesAtMost = bytesAtMost(steps);
  }

  @Override
  String operation() {
    return "atomic";
  }

  @Override
  LatencyRecorder recorder(Latencies latencies) {
    return latencies.batch;
  }

  /** The size of the record if every step changes something. */
  @Override
  int bodyBytesAtMost() {
    return Math.toIntExact(bytesAtMost);
  }

  /** By its steps or by what it writes, whichever is less: most batches write to few frames. */
  @Override
  int framesAtMost() {
    long byBytes = 2 * FramePool.SPARE_FRAMES + 4 * (bytesAtMost / Limits.FRAME_BYTES);
    return (int) Math.min(byBytes, (long) FramePool.SPARE_FRAMES * steps.size());
  }

  @Override
  Pins pins() {
    return Pins.withinLimit();
  }

  private static long bytesAtMost(List<BatchStep> steps) {
    List<Mutation> all = new ArrayList<>();
    for (BatchStep step : steps) {
      switch (step) {
        case BatchStep.Put(byte[] key, byte[] value, BatchStep.Guard guard) ->
            all.add(new Mutation.Put(key, value));
        case BatchStep.Delete(byte[] key, BatchStep.Guard guard) ->
            all.add(new Mutation.Delete(key));
        case BatchStep.Rename(byte[] source, byte[] target, Existing existing) ->
            all.add(new Mutation.Rename(source, target));
        case BatchStep.Require require -> {}
        case BatchStep.RequireEmpty require -> {}
      }
    }
    return MutationCodec.batchBytes(all);
  }

  /** Refuses a batch that no journal record can hold, before anything is looked at. */
  void checkSize(int maxBodyBytes) {
    if (bytesAtMost > maxBodyBytes) {
      throw new BatchTooLargeException(bytesAtMost, maxBodyBytes);
    }
  }

  /** Alone, so that whoever reads sees all of it or nothing. */
  @Override
  boolean besideOthers() {
    return false;
  }

  @Override
  boolean isLong() {
    return steps.size() >= LONG_STEPS;
  }

  @Override
  boolean prepare(Applier applier) {
    return true;
  }

  @Override
  long check(Applier applier) {
    overlay.clear();
    mutations.clear();
    admitted = true;
    for (BatchStep step : steps) {
      long missing =
          switch (step) {
            case BatchStep.Put put -> put(put, applier);
            case BatchStep.Delete delete -> delete(delete, applier);
            case BatchStep.Rename rename -> rename(rename, applier);
            case BatchStep.Require(byte[] key, BatchStep.Guard guard) -> meet(key, guard, applier);
            case BatchStep.RequireEmpty(byte[] prefix) -> requireEmpty(prefix, applier);
          };
      if (missing != 0) {
        return missing;
      }
      if (!admitted) {
        return REFUSED;
      }
    }
    return mutations.isEmpty() ? REFUSED : READY;
  }

  /** Whether every guard held. */
  boolean admitted() {
    return admitted;
  }

  @Override
  int type() {
    return MutationType.BATCH;
  }

  @Override
  byte[] body() {
    return MutationCodec.batch(mutations);
  }

  @Override
  int seqCount() {
    return mutations.size();
  }

  @Override
  void apply(Applier applier, long seq) {
    applier.applyAll(mutations, seq);
  }

  private boolean present;

  /** Looks the key up and checks the guard; leaves {@link #present}. */
  private long meet(byte[] key, BatchStep.Guard guard, Applier applier) {
    long missing = applier.walk(key);
    if (missing != 0) {
      return missing;
    }
    Pending pending = overlay.get(key);
    present = pending != null ? pending.value() != null : applier.found();
    long version = pending == null && present ? applier.version() : -1;
    admitted =
        switch (guard.condition()) {
          case NONE -> true;
          case ABSENT -> !present;
          case PRESENT -> present;
          case AT_VERSION -> present && pending == null && version == guard.version();
        };
    return 0;
  }

  private long put(BatchStep.Put put, Applier applier) {
    long missing = meet(put.key(), put.guard(), applier);
    if (missing == 0 && admitted) {
      overlay.put(put.key(), new Pending(put.value()));
      mutations.add(new Mutation.Put(put.key(), put.value()));
    }
    return missing;
  }

  private long delete(BatchStep.Delete delete, Applier applier) {
    long missing = meet(delete.key(), delete.guard(), applier);
    if (missing == 0 && admitted && present) {
      overlay.put(delete.key(), new Pending(null));
      mutations.add(new Mutation.Delete(delete.key()));
    }
    return missing;
  }

  private long rename(BatchStep.Rename rename, Applier applier) {
    long missing = meet(rename.target(), BatchStep.Guard.NONE, applier);
    if (missing != 0) {
      return missing;
    }
    boolean occupied = present;
    missing = meet(rename.source(), BatchStep.Guard.NONE, applier);
    if (missing != 0) {
      return missing;
    }
    if (!present) {
      throw new KeyNotFoundException(TreeKeys.user(rename.source()));
    }
    if (Arrays.equals(rename.source(), rename.target())) {
      return 0;
    }
    if (occupied && rename.existing() == Existing.KEEP) {
      throw new KeyExistsException(TreeKeys.user(rename.target()));
    }
    Pending pending = overlay.get(rename.source());
    byte[] value = pending != null ? pending.value() : applier.value();
    overlay.put(rename.source(), new Pending(null));
    overlay.put(rename.target(), new Pending(value));
    mutations.add(new Mutation.Rename(rename.source(), rename.target()));
    return 0;
  }

  /** Empty = no pending record below the prefix, and every stored one is deleted by the batch. */
  private long requireEmpty(byte[] prefix, Applier applier) {
    for (Map.Entry<byte[], Pending> entry : overlay.tailMap(prefix, true).entrySet()) {
      if (!startsWith(entry.getKey(), prefix)) {
        break;
      }
      if (entry.getValue().value() != null) {
        admitted = false;
        return 0;
      }
    }
    return applier.forEachKey(
        prefix,
        key -> {
          admitted = overlay.containsKey(key);
          return admitted;
        });
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }
}
