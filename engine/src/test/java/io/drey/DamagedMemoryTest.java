package io.drey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.engine.frame.Frame;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.mutation.Catalogue;
import io.drey.testing.Stores;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A node in memory that is none: what a flipped bit of the machine's memory does. */
final class DamagedMemoryTest {
  private static final byte[] KEY = "/a/key".getBytes(UTF_8);
  private static final byte[] VALUE = {1};

  private final OpenStore store = io.drey.Stores.open(Stores.memory());
  private final Reads reads = new Reads(store, View.live(store), Catalogue.DEFAULT_TREE);
  private final PrefixReads prefixReads =
      new PrefixReads(store, View.live(store), Catalogue.DEFAULT_TREE);
  private final Writes writes = new Writes(store);

  @BeforeEach
  void overwriteTheRootsType() {
    Frame frame = store.pool.resident(store.pool.rootBlob());
    long root = (long) EntryTable.root(frame.segment, frame.base, 0) << FrameSize.REF_SHIFT;
    frame.segment.set(ValueLayout.JAVA_BYTE, frame.base + root + NodeHeader.TYPE, (byte) 0);
  }

  @AfterEach
  void close() {
    io.drey.Stores.close(store);
  }

  @Test
  void isCorruptionToEveryRead() {
    refused(() -> reads.value(KEY));
    refused(() -> reads.entry(KEY));
    refused(() -> reads.contains(KEY));
    refused(() -> reads.copy(KEY, MemorySegment.NULL));
    refused(() -> reads.values(new byte[][] {KEY, VALUE}));
    refused(() -> prefixReads.longestPrefix(KEY));
    refused(() -> prefixReads.count(KEY));
    Scan scan =
        Scan.of(new TreeSections(store, View.live(store)), TreeKeys.physical(1, new byte[0]), KEY);
    refused(() -> scan.iterator().hasNext());
    refused(() -> scan.reverse().iterator().hasNext());
  }

  @Test
  void isCorruptionToAChangeThatThenDoesNotHappen() {
    byte[] key = TreeKeys.physical(Catalogue.DEFAULT_TREE, KEY);
    refused(() -> writes.run(KeyChange.put(key, VALUE, KeyChange.Previous.IGNORED)));
    refused(() -> writes.run(KeyChange.delete(key)));
    refused(() -> new Update(reads, writes, KEY, key).run(before -> VALUE));
  }

  private static void refused(Executable call) {
    assertEquals(Check.NODE_BOUNDS, assertThrows(CorruptionException.class, call).check());
  }
}
