package io.drey.engine.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A change of any of these numbers is a change of the file format. */
@Tag("both-sizes")
class FormatPinTest {
  @Nested
  class TheFrameHeader {
    @Test
    void keepsItsOffsets() {
      assertEquals(0, FrameHeader.MAGIC_AT);
      assertEquals(8, FrameHeader.VERSION_AT);
      assertEquals(12, FrameHeader.FRAME_BYTES);
      assertEquals(16, FrameHeader.BLOB);
      assertEquals(24, FrameHeader.SLOT);
      assertEquals(32, FrameHeader.EPOCH);
      assertEquals(40, FrameHeader.SEQ);
      assertEquals(48, FrameHeader.BUMP);
      assertEquals(52, FrameHeader.GAP_BYTES);
      assertEquals(56, FrameHeader.EDGE_COUNT);
      assertEquals(60, FrameHeader.COMPACTIONS);
      assertEquals(64, FrameHeader.ENTRY_CAPACITY);
      assertEquals(66, FrameHeader.ENTRY_COUNT);
      assertEquals(68, FrameHeader.LEAF_COUNT);
      assertEquals(72, FrameHeader.HEADER_CRC);
      assertEquals(80, FrameHeader.FREE_LISTS);
      assertEquals(63, FreeNode.LISTS);
      assertEquals(208, FrameHeader.PAGE_CRCS);
      assertEquals(208 + 4 * FrameSize.PAGES, FrameHeader.SIZE);
      assertEquals(2, FrameHeader.VERSION);
    }

    @Test
    void beginsWithTheNameOfTheFormat() {
      byte[] magic = new byte[8];
      for (int i = 0; i < 8; i++) {
        magic[i] = (byte) (FrameHeader.MAGIC >>> (8 * i));
      }
      assertEquals("DREYFRAM", new String(magic, StandardCharsets.US_ASCII));
    }
  }

  @Nested
  class TheEntryTable {
    @Test
    void keepsItsOffsets() {
      assertEquals(0, EntryTable.ROOT);
      assertEquals(4, EntryTable.LONGEST);
      assertEquals(8, EntryTable.RECORDS);
      assertEquals(16, EntryTable.KEY_BYTES);
      assertEquals(24, EntryTable.VALUE_BYTES);
      assertEquals(32, EntryTable.ROW_SIZE);
      assertEquals(FrameHeader.SIZE + 64, EntryTable.row(2));
    }
  }

  @Nested
  class InnerNodes {
    @Test
    void beginWithTheSameHeader() {
      assertEquals(0, NodeHeader.TYPE);
      assertEquals(1, NodeHeader.COUNT);
      assertEquals(2, NodeHeader.VALUE);
      assertEquals(4, NodeHeader.PREFIX_LENGTH);
      assertEquals(8, NodeHeader.SIZE);
    }

    @Test
    void keepTheirOffsets() {
      assertEquals(8, Node4.KEYS);
      assertEquals(12, Node4.REFS);
      assertEquals(20, Node4.PREFIX);
      assertEquals(8, Node16.KEYS);
      assertEquals(24, Node16.REFS);
      assertEquals(56, Node16.PREFIX);
      assertEquals(8, Node48.INDEX);
      assertEquals(264, Node48.REFS);
      assertEquals(360, Node48.PREFIX);
      assertEquals(8, Node256.REFS);
      assertEquals(520, Node256.PREFIX);
    }

    @Test
    void takeTheirPrefixOffsetPlusThePrefixRoundedUp() {
      assertEquals(24, NodeHeader.size(NodeType.NODE4, 0));
      assertEquals(24, NodeHeader.size(NodeType.NODE4, 4));
      assertEquals(32, NodeHeader.size(NodeType.NODE4, 5));
      assertEquals(56, NodeHeader.size(NodeType.NODE16, 0));
      assertEquals(360, NodeHeader.size(NodeType.NODE48, 0));
      assertEquals(528, NodeHeader.size(NodeType.NODE256, 8));
    }
  }

  @Nested
  class LeavesEdgesAndFreeNodes {
    @Test
    void keepTheirOffsets() {
      assertEquals(0, Leaf.TYPE);
      assertEquals(2, Leaf.VALUE_LENGTH);
      assertEquals(4, Leaf.SUFFIX_LENGTH);
      assertEquals(8, Leaf.VERSION);
      assertEquals(16, Leaf.SUFFIX);
      assertEquals(1, Edge.ENTRY);
      assertEquals(8, Edge.BLOB);
      assertEquals(16, Edge.SIZE);
      assertEquals(2, FreeNode.NEXT);
      assertEquals(4, FreeNode.NODE_SIZE);
    }

    @Test
    void keepTheirTypes() {
      assertEquals(0, NodeType.FREE);
      assertEquals(1, NodeType.LEAF);
      assertEquals(2, NodeType.EDGE);
      assertEquals(3, NodeType.NODE4);
      assertEquals(4, NodeType.NODE16);
      assertEquals(5, NodeType.NODE48);
      assertEquals(6, NodeType.NODE256);
    }
  }

  @Nested
  class TheSizeOfAFrame {
    @Test
    void bringsItsLimits() {
      assertEquals(Math.min(65_535, FrameSize.BYTES / 8 - 1), FrameSize.MAX_KEY_BYTES);
      assertEquals(Math.min(65_535, FrameSize.BYTES / 8 - 1), FrameSize.MAX_VALUE_BYTES);
      assertEquals(Math.min(256, FrameSize.BYTES / 128), FrameSize.MAX_ENTRIES);
    }

    @Test
    void holdsANode256OfEdgesWithTheLongestPrefixAndTwoOfTheGreatestValues() {
      int prefix = FrameSize.MAX_PHYSICAL_KEY_BYTES;
      int used =
          EntryTable.end(1)
              + NodeHeader.size(NodeType.NODE4, 0)
              + NodeHeader.size(NodeType.NODE256, prefix)
              + 257 * Edge.SIZE
              + 2 * Leaf.size(0, FrameSize.MAX_VALUE_BYTES);
      assertTrue(used <= FrameSize.BYTES, "needs " + used);
    }
  }
}
