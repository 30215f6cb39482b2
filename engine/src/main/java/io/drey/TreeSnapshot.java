package io.drey;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.Frames;
import io.drey.engine.pool.EpochEnd;
import io.drey.engine.pool.Pins;
import io.drey.engine.snapshot.PastFrames;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A tree of a store as it was at one moment. */
final class TreeSnapshot implements Snapshot, View {
  private final OpenStore store;
  private final PastFrames past;
  private final byte[] physicalPrefix;
  private final Reads reads;
  private final PrefixReads prefixReads;
  private final TreeSections sections;
  private final HeldMoment moment;

  private TreeSnapshot(OpenStore store, long tree, PastFrames past) {
    this.store = store;
    this.past = past;
    this.physicalPrefix = TreeKeys.physical(tree, new byte[0]);
    this.reads = new Reads(store, this, tree);
    this.prefixReads = new PrefixReads(store, this, tree);
    this.sections = new TreeSections(store, this);
    this.moment = HeldMoment.of(store, past, this);
  }

  /** Takes the moment down: the end of an epoch. */
  static TreeSnapshot of(OpenStore store, long tree) {
    PastFrames past;
    try (EpochEnd end = store.pool.endEpoch()) {
      store.checkOpen();
      past = PastFrames.open(store.pool, store.residency, end, store::beginEpoch);
    }
    return new TreeSnapshot(store, tree, past);
  }

  @Override
  public Frames frames() {
    return past;
  }

  @Override
  public RowSource rows() {
    return past;
  }

  @Override
  public void checkOpen() {
    store.checkOpen();
    if (moment.isClosed()) {
      throw new ClosedException("snapshot");
    }
  }

  @Override
  public void load(long blob, Pins pins) throws IOException {
    past.load(blob, pins);
  }

  @Override
  public long seq() {
    return past.seq();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return reads.value(Objects.requireNonNull(key, "key"));
  }

  @Override
  public int get(byte[] key, MemorySegment target) {
    Objects.requireNonNull(key, "key");
    Targets.check(Objects.requireNonNull(target, "target"));
    return reads.copy(key, target);
  }

  @Override
  public byte[] @Nullable [] getAll(byte[]... keys) {
    for (byte[] key : keys) {
      Objects.requireNonNull(key, "key");
    }
    return reads.values(keys);
  }

  @Override
  public @Nullable Entry getEntry(byte[] key) {
    return reads.entry(Objects.requireNonNull(key, "key"));
  }

  @Override
  public boolean contains(byte[] key) {
    return reads.contains(Objects.requireNonNull(key, "key"));
  }

  @Override
  public @Nullable Entry longestPrefix(byte[] query) {
    return prefixReads.longestPrefix(Objects.requireNonNull(query, "query"));
  }

  @Override
  public boolean isPrefixEmpty(byte[] prefix) {
    return scan(prefix).isEmpty();
  }

  @Override
  public PrefixCount count(byte[] prefix) {
    return prefixReads.count(Objects.requireNonNull(prefix, "prefix"));
  }

  @Override
  public Scan scan() {
    return scan(new byte[0]);
  }

  @Override
  public Scan scan(byte[] prefix) {
    return Scan.of(sections, physicalPrefix, Objects.requireNonNull(prefix, "prefix"));
  }

  @Override
  public void close() {
    moment.close();
  }
}
