package io.drey.engine.art;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.engine.frame.Frame;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes take the shape that fits their children. */
@Tag("both-sizes")
class NodeShapeTest {
  private final TestTree tree = new TestTree();

  @AfterEach
  void close() {
    tree.assertEqualsModel();
    tree.close();
  }

  private static byte[] key(String path) {
    return path.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void put(String path) {
    tree.put(key(path), new byte[] {1});
  }

  private void delete(String path) {
    tree.delete(key(path));
  }

  private void putChildren(int count) {
    for (int i = 0; i < count; i++) {
      put("dir/" + (char) (i * 251 % 256));
    }
  }

  private void deleteChildren(int from, int to) {
    for (int i = from; i < to; i++) {
      delete("dir/" + (char) (i * 251 % 256));
    }
  }

  private int rootType() {
    Frame frame = tree.frames.place(tree.frames.rootBlob());
    int root = EntryTable.root(frame.segment, frame.base, 0);
    return root == 0 ? 0 : NodeHeader.type(frame.segment, frame.node(root));
  }

  @Nested
  class WhenChildrenCome {
    @Test
    void aLeafBecomesANode4AtTheSecondRecord() {
      putChildren(1);
      assertEquals(NodeType.LEAF, rootType());
      putChildren(2);
      assertEquals(NodeType.NODE4, rootType());
    }

    @Test
    void aNodeGrowsWhenItIsFull() {
      putChildren(4);
      assertEquals(NodeType.NODE4, rootType());
      putChildren(5);
      assertEquals(NodeType.NODE16, rootType());
      putChildren(16);
      assertEquals(NodeType.NODE16, rootType());
      putChildren(17);
      assertEquals(NodeType.NODE48, rootType());
      putChildren(48);
      assertEquals(NodeType.NODE48, rootType());
      putChildren(49);
      assertEquals(NodeType.NODE256, rootType());
      putChildren(256);
    }
  }

  @Nested
  class WhenChildrenGo {
    @Test
    void aNodeShrinksStepByStepToALeafAndToNothing() {
      putChildren(256);
      tree.assertEqualsModel();
      int[] types = new int[257];
      for (int left = 255; left >= 0; left--) {
        deleteChildren(left, left + 1);
        types[left] = rootType();
      }
      assertEquals(NodeType.NODE256, types[37]);
      assertEquals(NodeType.NODE48, types[36]);
      assertEquals(NodeType.NODE48, types[13]);
      assertEquals(NodeType.NODE16, types[12]);
      assertEquals(NodeType.NODE4, types[3]);
      assertEquals(NodeType.LEAF, types[1]);
      assertEquals(0, types[0]);
    }

    @Test
    void aRecordThatComesAndGoesAtTheLimitDoesNotRewriteTheNode() {
      putChildren(17);
      for (int i = 0; i < 3; i++) {
        deleteChildren(16, 17);
        assertEquals(NodeType.NODE48, rootType());
        putChildren(17);
      }
    }
  }

  @Nested
  class ANodeWithASingleContent {
    @Test
    void givesItsPrefixToItsOnlyChild() {
      put("a/b/c/1");
      put("a/b/c/2");
      put("a/x");
      delete("a/x");
      Frame frame = tree.frames.place(tree.frames.rootBlob());
      long root = frame.node(EntryTable.root(frame.segment, frame.base, 0));
      assertEquals(2, NodeHeader.count(frame.segment, root));
      assertEquals(9 + 6, NodeHeader.prefixLength(frame.segment, root));
    }

    @Test
    void becomesALeafWhenOnlyItsValueIsLeft() {
      put("a");
      put("a/1");
      put("a/2");
      delete("a/1");
      delete("a/2");
      assertEquals(NodeType.LEAF, rootType());
      assertArrayEquals(new byte[] {1}, tree.get(key("a")));
    }

    @Test
    void isLeftOutWhenTheLastChildGoesBeforeTheValue() {
      put("");
      put("a");
      delete("");
      assertEquals(NodeType.LEAF, rootType());
      put("");
      delete("a");
      assertEquals(NodeType.LEAF, rootType());
    }
  }

  @Nested
  class DeletedRecords {
    @Test
    void leaveSpaceThatTheNextOnesUse() {
      putChildren(200);
      Frame frame = tree.frames.place(tree.frames.rootBlob());
      int bump = FrameHeader.bump(frame.segment, frame.base);
      int blobs = tree.frames.blobCount();
      for (int round = 0; round < 100; round++) {
        deleteChildren(round, round + 50);
        putChildren(200);
      }
      assertEquals(blobs, tree.frames.blobCount());
      assertEquals(bump, FrameHeader.bump(frame.segment, frame.base));
    }
  }

  @Nested
  class ValuesOfTheSameFootprint {
    @Test
    void takeTheOldOnesPlace() {
      putChildren(20);
      tree.put(key("dir/long"), new byte[40]);
      Frame frame = tree.frames.place(tree.frames.rootBlob());
      int bump = FrameHeader.bump(frame.segment, frame.base);
      for (int i = 0; i < 1_000; i++) {
        tree.put(key("dir/long"), new byte[38 + i % 3]);
      }
      assertEquals(bump, FrameHeader.bump(frame.segment, frame.base));
      assertEquals(0, FrameHeader.compactions(frame.segment, frame.base));
    }
  }
}
