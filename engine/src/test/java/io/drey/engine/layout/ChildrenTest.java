package io.drey.engine.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Search and iteration give the same children whatever the type of the node. */
class ChildrenTest {
  private static final long NODE = 64;

  @ParameterizedTest
  @ValueSource(ints = {NodeType.NODE4, NodeType.NODE16, NodeType.NODE48, NodeType.NODE256})
  void findsAndIteratesAnySetOfBytes(int type) {
    long seed = 0x5EED_0001L + type;
    Random random = new Random(seed);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(4096);
      for (int round = 0; round < 2_000; round++) {
        segment.fill((byte) (round % 3 == 0 ? 0xFF : round));
        int count = 1 + random.nextInt(NodeHeader.capacity(type));
        NavigableMap<Integer, Integer> model = build(segment, type, count, random);
        for (int key = 0; key < 256; key++) {
          int ref = model.getOrDefault(key, 0);
          String at = "seed " + seed + " round " + round + " key " + key;
          assertEquals(ref, Children.find(segment, NODE, type, key), at);
          long link = Children.link(segment, NODE, type, key);
          assertEquals(ref, link < 0 ? 0 : Bytes.u16(segment, link), at);
          assertEquals(packed(model.ceilingEntry(key)), Children.atOrAfter(segment, NODE, key), at);
          assertEquals(packed(model.floorEntry(key)), Children.atOrBefore(segment, NODE, key), at);
        }
        assertEquals(-1, Children.atOrAfter(segment, NODE, 256));
        assertEquals(-1, Children.atOrBefore(segment, NODE, -1));
      }
    }
  }

  private static int packed(Map.@Nullable Entry<Integer, Integer> e) {
    return e == null ? -1 : e.getKey() << 16 | e.getValue();
  }

  private static NavigableMap<Integer, Integer> build(
      MemorySegment segment, int type, int count, Random random) {
    TreeMap<Integer, Integer> model = new TreeMap<>();
    while (model.size() < count) {
      model.put(random.nextInt(256), 1 + random.nextInt(65_535));
    }
    NodeHeader.set(segment, NODE, type, count, 8);
    if (type == NodeType.NODE48) {
      segment.asSlice(NODE + Node48.INDEX, Node48.PREFIX - Node48.INDEX).fill((byte) 0);
    } else if (type == NodeType.NODE256) {
      segment.asSlice(NODE + Node256.REFS, 512).fill((byte) 0);
    }
    int slot = 0;
    for (var e : model.entrySet()) {
      switch (type) {
        case NodeType.NODE4 -> Node4.set(segment, NODE, slot++, e.getKey(), e.getValue());
        case NodeType.NODE16 -> Node16.set(segment, NODE, slot++, e.getKey(), e.getValue());
        case NodeType.NODE48 -> Node48.set(segment, NODE, slot++, e.getKey(), e.getValue());
        default -> Node256.set(segment, NODE, e.getKey(), e.getValue());
      }
    }
    return model;
  }
}
