package io.drey.engine.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Check;
import io.drey.Violation;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.FreeNode;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.Node16;
import io.drey.engine.layout.Node48;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sound frame passes; each invariant that is broken on purpose is named. */
@Tag("both-sizes")
class FrameCheckTest {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment chunk = arena.allocate(FrameSize.BYTES + FrameSize.GUARD_BYTES, 4096);
  private final ExclusiveFrame frame = new ExclusiveFrame(new Frame(chunk, 0, 0));
  private int node;
  private int wide;
  private int leaf;
  private int edge;

  /** One entry: a Node16 with 10 leaves, a Node48 of 20 leaves, an edge, and a value. */
  @BeforeEach
  void build() {
    frame.format(7, 2);
    node = inner(NodeType.NODE16, "path/");
    wide = inner(NodeType.NODE48, "sub/");
    for (int i = 0; i < 20; i++) {
      NodeEditor.addChild(frame, wide, 3 * i, leaf("w" + i));
    }
    for (int i = 0; i < 10; i++) {
      NodeEditor.addChild(frame, node, 'a' + i, leaf("leaf" + i));
    }
    NodeEditor.addChild(frame, node, 'z', wide);
    edge = frame.allocate(16);
    NodeEditor.writeEdge(frame, edge, 9, 3);
    frame.countEdges(1);
    NodeEditor.addChild(frame, node, 'x', edge);
    leaf = leaf("");
    NodeEditor.setValue(frame, node, leaf);
    frame.setLink(EntryTable.row(0) + EntryTable.ROOT, node);
    FrameHeader.setEntryCount(chunk, 0, 1);
    frame.count(0, 31, keyBytes(), 31 * 4, 14);
    int spare = frame.allocate(40);
    frame.release(spare, 40);
  }

  @AfterEach
  void close() {
    arena.close();
  }

  private static long keyBytes() {
    long bytes = 5;
    for (int i = 0; i < 10; i++) {
      bytes += 5 + 1 + 5;
    }
    for (int i = 0; i < 20; i++) {
      bytes += 5 + 1 + 4 + 1 + 1 + Integer.toString(i).length();
    }
    return bytes;
  }

  private int inner(int type, String prefix) {
    byte[] bytes = prefix.getBytes(StandardCharsets.US_ASCII);
    int at = frame.allocate(NodeHeader.size(type, bytes.length));
    chunk.asSlice(at, NodeHeader.size(type, bytes.length)).fill((byte) 0);
    NodeHeader.set(chunk, at, type, 0, bytes.length);
    MemorySegment.copy(bytes, 0, chunk, Bytes.U8, NodeHeader.prefix(at, type), bytes.length);
    return at;
  }

  private int leaf(String suffix) {
    byte[] bytes = suffix.getBytes(StandardCharsets.US_ASCII);
    int at = frame.allocate(Leaf.size(bytes.length, 4));
    NodeEditor.writeLeaf(frame, at, bytes, 0, new byte[4], 1);
    return at;
  }

  private List<Check> found() {
    List<Violation> violations = new ArrayList<>();
    FrameCheck.check(frame.frame(), new int[2], violations, (e, holder, depth) -> {});
    return violations.stream().map(Violation::check).distinct().toList();
  }

  private void assertFinds(Check check) {
    assertTrue(found().contains(check), () -> "found " + found());
  }

  @Test
  void passesASoundFrame() {
    assertEquals(List.of(), found());
  }

  @Test
  void reportsTheEdgesWithTheirDepths() {
    List<String> edges = new ArrayList<>();
    FrameCheck.check(
        frame.frame(),
        new int[] {100, 0},
        new ArrayList<>(),
        (e, holder, depth) -> edges.add(e + " " + holder + " " + depth));
    assertEquals(List.of(edge + " " + node + " " + (100 + 5 + 1)), edges);
  }

  @Test
  void namesAHeaderThatCannotBeTrue() {
    FrameHeader.setBump(chunk, 0, FrameSize.BYTES + 8);
    assertFinds(Check.FRAME_HEADER);
  }

  @Test
  void namesBytesThatDoNotAscend() {
    Node16.set(chunk, node, 2, 'b', Node16.ref(chunk, node, 2));
    assertFinds(Check.NODE_ORDER);
  }

  @Test
  void namesAnIndexThatDisagreesWithItsSlots() {
    Bytes.setU8(chunk, wide + Node48.INDEX + 1, 40);
    assertFinds(Check.NODE_CHILDREN);
  }

  @Test
  void namesAWrongChildCount() {
    NodeHeader.setCount(chunk, wide, 19);
    assertFinds(Check.NODE_CHILDREN);
  }

  @Test
  void namesAReferenceOutOfTheUsedPart() {
    Node16.set(chunk, node, 0, 'a', 3);
    assertFinds(Check.NODE_BOUNDS);
  }

  @Test
  void namesANodeThatTwoReferencesReach() {
    Node16.set(chunk, node, 1, 'b', Node16.ref(chunk, node, 0));
    assertFinds(Check.NODE_SHARED);
  }

  @Test
  void namesANodeOfNoType() {
    Bytes.setU8(chunk, wide, 9);
    assertFinds(Check.NODE_TYPE);
  }

  @Test
  void namesAnEdgeThatIsAnEntrysRoot() {
    frame.setLink(EntryTable.row(0) + EntryTable.ROOT, edge);
    assertFinds(Check.NODE_TYPE);
  }

  @Test
  void namesAValueWithASuffix() {
    NodeEditor.setValue(frame, node, Node16.ref(chunk, node, 0) << FrameSize.REF_SHIFT);
    assertFinds(Check.NODE_VALUE);
  }

  @Test
  void namesAKeyOverTheLimit() {
    Leaf.setSuffixLength(chunk, leaf, FrameSize.MAX_PHYSICAL_KEY_BYTES + 1);
    assertFinds(Check.LEAF_LENGTH);
  }

  @Test
  void namesReservedBytesInUse() {
    Bytes.setU8(chunk, edge + 5, 1);
    assertFinds(Check.NODE_RESERVED);
  }

  @Test
  void namesARowThatDoesNotEqualTheContents() {
    EntryTable.setCounts(chunk, 0, 0, 14, 31, keyBytes() - 1, 31 * 4);
    assertFinds(Check.ENTRY_ROW);
  }

  @Test
  void namesALongestKeyBelowTheTruth() {
    EntryTable.setCounts(chunk, 0, 0, 13, 31, keyBytes(), 31 * 4);
    assertFinds(Check.ENTRY_ROW);
  }

  @Test
  void namesWrongCounters() {
    FrameHeader.setGapBytes(chunk, 0, FrameHeader.gapBytes(chunk, 0) + 8);
    assertFinds(Check.FRAME_COUNTERS);
    FrameHeader.setGapBytes(chunk, 0, FrameHeader.gapBytes(chunk, 0) - 8);
    FrameHeader.setLeafCount(chunk, 0, 30);
    assertFinds(Check.FRAME_COUNTERS);
  }

  @Test
  void namesAFreeListThatHoldsWhatIsInUse() {
    FrameHeader.setFreeList(chunk, 0, FreeNode.list(24), leaf >>> FrameSize.REF_SHIFT);
    assertFinds(Check.FREE_LIST);
  }

  @Test
  void readsNoByteOutsideWhateverTheFrameHolds() {
    long seed = 11;
    Random random = new Random(seed);
    byte[] image = new byte[FrameHeader.bump(chunk, 0)];
    MemorySegment.copy(chunk, Bytes.U8, 0, image, 0, image.length);
    for (int round = 0; round < 20_000; round++) {
      MemorySegment.copy(image, 0, chunk, Bytes.U8, 0, image.length);
      for (int i = 0; i < 3; i++) {
        chunk.set(Bytes.U8, random.nextInt(image.length), (byte) random.nextInt());
      }
      found();
    }
  }
}
