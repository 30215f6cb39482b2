package io.drey.benchmarks;

import io.drey.EntryVisitor;
import io.drey.Existing;
import io.drey.Scan;
import io.drey.Storage;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.Visit;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A tree under the reference workload. Lists are visited, so that no entry is an object. */
final class DreyEngine implements Engine {
  private final Tree tree;

  DreyEngine(TreeConfig config) {
    this.tree = Tree.open(config);
  }

  Tree tree() {
    return tree;
  }

  @Override
  public String name() {
    return tree.config().storage() instanceof Storage.Mapped ? "drey-mapped" : "drey";
  }

  @Override
  public String version() {
    String version = Tree.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return tree.get(key);
  }

  @Override
  public int get(byte[] key, MemorySegment target) {
    return tree.get(key, target);
  }

  @Override
  public byte[] @Nullable [] getAll(byte[][] keys) {
    return tree.getAll(keys);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    tree.set(key, value);
  }

  @Override
  public void delete(byte[] key) {
    tree.delete(key);
  }

  @Override
  public void rename(byte[] source, byte[] target) {
    tree.rename(source, target, Existing.KEEP);
  }

  @Override
  public long list(byte[] prefix, int entries) {
    return touch(tree.scan(prefix).limit(entries));
  }

  @Override
  public long listReverse(byte[] prefix, int entries) {
    return touch(tree.scan(prefix).reverse().limit(entries));
  }

  @Override
  public long listKeys(byte[] prefix, int entries) {
    return touch(tree.scan(prefix).keysOnly().limit(entries));
  }

  @Override
  public long rollUp(byte[] prefix, byte delimiter, int entries) {
    return touch(tree.scan(prefix).delimiter(delimiter).limit(entries));
  }

  @Override
  public void close() {
    tree.close();
  }

  private static long touch(Scan scan) {
    Touch touch = new Touch();
    long visited = scan.visit(touch);
    return touch.sum == Long.MIN_VALUE ? -1 : visited;
  }

  /** Reads the last byte of every key and value, so that none can be left out. */
  private static final class Touch implements EntryVisitor {
    private long sum;

    @Override
    public Visit entry(
        byte[] buffer,
        int keyOffset,
        int keyLength,
        int valueOffset,
        int valueLength,
        long version) {
      if (keyLength > 0) {
        sum += buffer[keyOffset + keyLength - 1];
      }
      if (valueLength > 0) {
        sum += buffer[valueOffset + valueLength - 1];
      }
      return Visit.CONTINUE;
    }
  }
}
