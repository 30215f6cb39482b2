package io.drey.engine.art;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.engine.frame.Frame;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Node256;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts over frames whose bytes change under them, and make no sense any more. */
class PrefixCounterTest {
  private static final byte[] PREFIX = {7};

  private final TestTree tree = new TestTree();

  @AfterEach
  void close() {
    tree.close();
  }

  /**
   * A node that is its own child, 256 times: nothing but what a frame can hold of nodes ends the
   * walk, and neither the time nor the memory it takes may grow with what the bytes pretend.
   */
  @Test
  void nodesThatGoInCirclesTakeNoMoreMemoryThanAFrameHasNodes() {
    for (int last = 0; last < 256; last++) {
      tree.put(new byte[] {7, (byte) last}, new byte[0]);
    }
    byte[] physical = TestTree.physical(PREFIX);
    tree.descent.walk(tree.frames, physical);
    Frame frame = tree.descent.frame;
    int node = tree.descent.lastNode();
    assertEquals(NodeType.NODE256, NodeHeader.type(frame.segment, frame.base + node));
    for (int key = 0; key < 256; key++) {
      Node256.set(frame.segment, frame.base + node, key, node >>> FrameSize.REF_SHIFT);
    }
    PrefixCounter counter = new PrefixCounter();

    assertThrows(
        IndexOutOfBoundsException.class,
        () -> counter.count(tree.frames, (latch, entry) -> null, physical));

    int bytes = counter.scratchBytes();
    assertTrue(bytes <= 2 * FrameSize.BYTES, bytes + " bytes of scratch memory");
  }
}
