package io.drey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.engine.art.RowSource;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.mutation.Catalogue;
import io.drey.engine.pool.Pins;
import io.drey.testing.Stores;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subtree moves while something is read: the read begins anew, whatever frames it touched. */
final class MoveStampTest {
  private static final int RECORDS = 40;

  private final OpenStore store = io.drey.Stores.open(Stores.memory());
  private final AtomicInteger moves = new AtomicInteger();

  /** Walks begun. */
  private int walks;

  private final MovingView view = new MovingView();
  private final Reads reads = new Reads(store, view, Catalogue.DEFAULT_TREE);
  private final PrefixReads prefixReads = new PrefixReads(store, view, Catalogue.DEFAULT_TREE);

  /** The tree as it is, where a subtree moves at the first step of the next read. */
  private final class MovingView implements View, Frames {
    @Override
    public Frames frames() {
      return this;
    }

    @Override
    public RowSource rows() {
      return store.pool;
    }

    @Override
    public void checkOpen() {
      store.checkOpen();
    }

    @Override
    public void load(long blob, Pins pins) {
      throw new AssertionError("everything is in memory");
    }

    @Override
    public @Nullable LatchedFrame latched(long blob) {
      walks += blob == rootBlob() ? 1 : 0;
      if (moves.getAndSet(0) > 0) {
        long stamp = store.gate.enter();
        store.pool.moved();
        store.gate.leave(stamp);
      }
      return store.pool.latched(blob);
    }

    @Override
    public boolean isMine(LatchedFrame latch) {
      return store.pool.isMine(latch);
    }

    @Override
    public long moves() {
      return store.pool.moves();
    }

    @Override
    public long rootBlob() {
      return store.pool.rootBlob();
    }
  }

  @BeforeEach
  void fill() {
    Writes writes = new Writes(store);
    for (int i = 0; i < RECORDS; i++) {
      byte[] key = TreeKeys.physical(Catalogue.DEFAULT_TREE, Stores.key(i));
      writes.run(KeyChange.put(key, Stores.value(i), KeyChange.Previous.IGNORED));
    }
    moves.set(1);
  }

  @AfterEach
  void close() {
    io.drey.Stores.close(store);
  }

  @Test
  void ofAValueBeginsAnew() {
    assertArrayEquals(Stores.value(7), reads.value(Stores.key(7)));
    assertEquals(1, store.restarts.count());
  }

  @Test
  void ofSeveralValuesIsLeftToSingleReads() {
    byte[][] values = reads.values(new byte[][] {Stores.key(1), Stores.key(2)});

    assertArrayEquals(Stores.value(1), values[0]);
    assertArrayEquals(Stores.value(2), values[1]);
    assertEquals(4, walks, "two side by side, and two after them");
  }

  @Test
  void ofTheLongestPrefixBeginsAnew() {
    assertArrayEquals(Stores.key(3), prefixReads.longestPrefix(Stores.key(3)).key());
    assertEquals(1, store.restarts.count());
  }

  @Test
  void ofACountBeginsAnew() {
    assertEquals(RECORDS, prefixReads.count(new byte[0]).records());
    assertEquals(1, store.restarts.count());
  }

  @Test
  void ofASectionBeginsAnew() {
    byte[] tree = TreeKeys.physical(Catalogue.DEFAULT_TREE, new byte[0]);
    Scan scan = Scan.of(new TreeSections(store, view), tree, new byte[0]);

    assertEquals(RECORDS, scan.stream().count());
    assertEquals(1, store.restarts.count());
  }
}
