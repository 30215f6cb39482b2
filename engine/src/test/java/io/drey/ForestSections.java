package io.drey;

import io.drey.engine.art.GrownForest;
import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.RangeWalker;
import io.drey.engine.art.Section;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** The source of a scan without a tree around it: a grown forest that loads what is missing. */
final class ForestSections implements Sections {
  /** What physical keys begin with. */
  static final byte[] TREE = {1, 0, 0, 0, 0, 0, 0, 0, 1};

  private final GrownForest forest;
  private final SectionPool pool = new SectionPool();
  private boolean closed;
  private boolean filling;
  private int fills;

  ForestSections(NavigableMap<byte[], byte[]> records, long seed) {
    NavigableMap<byte[], byte[]> physical = new TreeMap<>(Arrays::compareUnsigned);
    records.forEach((key, value) -> {
      byte[] whole = Arrays.copyOf(TREE, TREE.length + key.length);
      System.arraycopy(key, 0, whole, TREE.length, key.length);
      physical.put(whole, value);
    });
    List<GrownForest.Grown> grown =
        physical.entrySet().stream()
            .map(e -> new GrownForest.Grown(e.getKey(), e.getValue(), e.getValue().length))
            .toList();
    forest = new GrownForest(grown, new Random(seed), 0.3);
  }

  Scan scan(byte[] prefix) {
    return Scan.of(this, TREE, prefix);
  }

  void forgetSome() {
    forest.forgetSome(0.5);
  }

  void close() {
    closed = true;
  }

  /** Whether a fill is under way, as it would be under a latch. */
  boolean isFilling() {
    return filling;
  }

  int fills() {
    return fills;
  }

  @Override
  public void checkOpen() {
    if (closed) {
      throw new ClosedException("tree");
    }
  }

  @Override
  public void fill(RangeRequest request, Section section) {
    fills++;
    do {
      checkOpen();
      filling = true;
      RangeWalker.fill(forest, request, section);
      filling = false;
      if (section.end() == Section.End.MISSING) {
        forest.load(section.missingBlob());
      }
    } while (section.size() == 0 && section.end() != Section.End.COMPLETE);
  }

  @Override
  public SectionPool pool() {
    return pool;
  }
}
