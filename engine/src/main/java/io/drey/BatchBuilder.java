package io.drey;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects the steps of one batch; of no use after the function it was given to has returned. */
final class BatchBuilder implements Batch {
  private final long tree;
  private final List<BatchStep> steps = new ArrayList<>();
  private boolean built;

  BatchBuilder(long tree) {
    this.tree = tree;
  }

  List<BatchStep> build() {
    built = true;
    return steps;
  }

  @Override
  public Batch put(byte[] key, byte[] value) {
    return add(new BatchStep.Put(writable(key), copy(value), BatchStep.Guard.NONE));
  }

  @Override
  public Batch putIfAbsent(byte[] key, byte[] value) {
    return add(new BatchStep.Put(writable(key), copy(value), BatchStep.Guard.ABSENT));
  }

  @Override
  public Batch replace(byte[] key, long expectedVersion, byte[] value) {
    return add(new BatchStep.Put(writable(key), copy(value), BatchStep.Guard.at(expectedVersion)));
  }

  @Override
  public Batch delete(byte[] key) {
    return add(new BatchStep.Delete(writable(key), BatchStep.Guard.NONE));
  }

  @Override
  public Batch delete(byte[] key, long expectedVersion) {
    return add(new BatchStep.Delete(writable(key), BatchStep.Guard.at(expectedVersion)));
  }

  @Override
  public Batch rename(byte[] source, byte[] target, Existing existing) {
    Objects.requireNonNull(existing, "existing");
    return add(new BatchStep.Rename(writable(source), writable(target), existing));
  }

  @Override
  public Batch requireAbsent(byte[] key) {
    return add(new BatchStep.Require(readable(key), BatchStep.Guard.ABSENT));
  }

  @Override
  public Batch requireVersion(byte[] key, long version) {
    return add(new BatchStep.Require(readable(key), BatchStep.Guard.at(version)));
  }

  @Override
  public Batch requireEmptyPrefix(byte[] prefix) {
    return add(new BatchStep.RequireEmpty(readable(prefix)));
  }

  private Batch add(BatchStep step) {
    if (built) {
      throw new IllegalStateException("the batch was built already");
    }
    steps.add(step);
    return this;
  }

  private byte[] writable(byte[] key) {
    return TreeKeys.physical(tree, Limits.checkKey(key));
  }

  private byte[] readable(byte[] key) {
    return TreeKeys.physical(tree, key);
  }

  private static byte[] copy(byte[] value) {
    return Limits.checkValue(value).clone();
  }
}
