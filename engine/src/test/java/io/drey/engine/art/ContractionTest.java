package io.drey.engine.art;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameRebuild;
import io.drey.engine.frame.NodeEditor;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rebuild contracts nodes that a removal had to leave with a single content. */
@Tag("both-sizes")
class ContractionTest {
  private static final byte[] VALUE = {5, 6};

  private final TestFrames frames = new TestFrames();
  private final ExclusiveFrame frame = frames.writable(frames.rootBlob());
  private long records;
  private long keyBytes;

  @AfterEach
  void close() {
    frames.close();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private int leaf(String suffix, int depth) {
    int leaf = frame.allocate(Leaf.size(suffix.length(), VALUE.length));
    NodeEditor.writeLeaf(frame, leaf, bytes(suffix), 0, VALUE, 9);
    records++;
    keyBytes += depth + suffix.length();
    return leaf;
  }

  private int node(String prefix) {
    int node = frame.allocate(NodeHeader.size(NodeType.NODE4, prefix.length()));
    NodeEditor.writeNode4(frame, node, bytes(prefix), 0, prefix.length());
    return node;
  }

  private int parent(String prefix, int key, int child) {
    int node = node(prefix);
    NodeEditor.addChild(frame, node, key, child);
    return node;
  }

  private void rebuild(int root) {
    frame.setLink(EntryTable.row(0) + EntryTable.ROOT, root);
    frame.count(0, (int) records, keyBytes, records * VALUE.length, 100);
    assertSound();
    FrameRebuild.compact(frame, frames.scratch());
    assertSound();
  }

  private void assertSound() {
    TreeCheck check = new TreeCheck(frames);
    check.run(frames);
    assertEquals(List.of(), check.violations());
  }

  private void assertFinds(String... keys) {
    List<String> found = new ArrayList<>();
    Descent descent = new Descent();
    for (String key : keys) {
      if (descent.walk(frames, bytes(key)) == Descent.Outcome.FOUND) {
        found.add(key);
      }
    }
    assertEquals(List.of(keys), found);
  }

  private int type(int root) {
    Frame place = frame.frame();
    return NodeHeader.type(place.segment, place.base + root);
  }

  private int root() {
    Frame place = frame.frame();
    return EntryTable.root(place.segment, place.base, 0) << 3;
  }

  @Test
  void aChainOfSingleChildrenBecomesOneLeaf() {
    rebuild(parent("ab", 'c', parent("", 'd', parent("e", 'f', leaf("gh", 6)))));
    assertEquals(NodeType.LEAF, type(root()));
    assertFinds("abcdefgh");
  }

  @Test
  void aChainBeforeABranchBecomesItsPrefix() {
    int branch = parent("xy", '1', leaf("", 5));
    NodeEditor.addChild(frame, branch, '2', leaf("tail", 5));
    rebuild(parent("a", 'b', branch));
    Frame place = frame.frame();
    assertEquals(4, NodeHeader.prefixLength(place.segment, place.base + root()));
    assertFinds("abxy1", "abxy2tail");
  }

  @Test
  void aNodeWithAValueAloneBecomesALeaf() {
    int alone = node("val");
    NodeEditor.setValue(frame, alone, leaf("", 5));
    int top = parent("a", 'b', alone);
    NodeEditor.addChild(frame, top, 'c', leaf("", 2));
    rebuild(top);
    assertFinds("abval", "ac");
    assertEquals(2, FrameHeader.leafCount(frame.frame().segment, frame.frame().base));
  }

  @Test
  void aValueAloneBelowSingleChildrenBecomesOneLeaf() {
    int alone = node("val");
    NodeEditor.setValue(frame, alone, leaf("", 5));
    rebuild(parent("a", 'b', alone));
    assertEquals(NodeType.LEAF, type(root()));
    assertFinds("abval");
  }

  @Test
  void aWideNodeWithFewChildrenTakesASmallerType() {
    int wide = frame.allocate(NodeHeader.size(NodeType.NODE256, 1));
    frame.frame().segment.asSlice(frame.frame().base + wide, 528).fill((byte) 0);
    NodeHeader.set(frame.frame().segment, frame.frame().base + wide, NodeType.NODE256, 0, 1);
    frame.frame().segment.set(Bytes.U8, frame.frame().base + wide + 520, (byte) 'p');
    for (int i = 0; i < 20; i++) {
      NodeEditor.addChild(frame, wide, 'A' + i, leaf("x", 2));
    }
    rebuild(wide);
    assertEquals(NodeType.NODE48, type(root()));
    assertFinds("pAx", "pTx");
  }
}
