package io.drey.engine.art;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.Frames;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.layout.Bytes;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.Leaf;
import io.drey.engine.layout.Node16;
import io.drey.engine.layout.Node256;
import io.drey.engine.layout.Node4;
import io.drey.engine.layout.Node48;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree made at once from sorted records, for reading: nodes larger than needed, edges where a
 * split would hardly put them, several entries to a blob, inner nodes that carry a value alone. Any
 * blob can be declared missing. The random numbers decide the shape, never the content.
 */
public final class GrownForest implements Frames {
  /** A record with its physical key. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Grown(byte[] key, byte[] value, long version) {}

  private static final int FRAMES_PER_CHUNK = 8;
  private static final int ENTRY_CAPACITY = Math.min(64, FrameSize.MAX_ENTRIES);

  /** Chunks are zeroed once and used again by the next forest of this thread. */
  private static final List<MemorySegment> CHUNKS = new ArrayList<>();

  private final Random random;
  private final double edgeShare;
  private final List<ExclusiveFrame> frames = new ArrayList<>();
  private final List<Integer> entries = new ArrayList<>();
  private final Set<Long> missing = new HashSet<>();
  private int reads;

  public GrownForest(List<Grown> sorted, Random random, double edgeShare) {
    this.random = random;
    this.edgeShare = edgeShare;
    int root = newBlob();
    if (!sorted.isEmpty()) {
      int node = grow(sorted, 0, root);
      EntryTable.setRoot(frame(root).segment, frame(root).base, takeEntry(root), ref(node));
    }
  }

  /** Declares every blob missing that is not the root with this chance. */
  public void forgetSome(double share) {
    for (long blob = 1; blob < frames.size(); blob++) {
      if (random.nextDouble() < share) {
        missing.add(blob);
      }
    }
  }

  public void forgetAll() {
    forgetSome(2);
    missing.add(0L);
  }

  public boolean load(long blob) {
    return missing.remove(blob);
  }

  /** How often {@link #latched} found a blob. */
  public int reads() {
    return reads;
  }

  private int grow(List<Grown> records, int depth, int blob) {
    Grown first = records.getFirst();
    if (records.size() == 1 && random.nextInt(8) != 0) {
      return leaf(first, depth, blob);
    }
    Grown last = records.getLast();
    int end = depth;
    while (end < first.key.length && end < last.key.length && first.key[end] == last.key[end]) {
      end++;
    }
    boolean valued = first.key.length == end;
    List<List<Grown>> groups = groups(valued ? records.subList(1, records.size()) : records, end);
    int type = NodeHeader.typeFor(groups.size());
    while (type < NodeType.NODE256 && random.nextInt(10) == 0) {
      type++;
    }
    ExclusiveFrame exclusive = frames.get(blob);
    int node = allocate(exclusive, NodeHeader.size(type, end - depth));
    MemorySegment segment = exclusive.frame().segment;
    long at = exclusive.frame().base + node;
    clear(segment, at, NodeHeader.size(type, end - depth));
    NodeHeader.set(segment, at, type, groups.size(), end - depth);
    MemorySegment.copy(
        first.key, depth, segment, Bytes.U8, NodeHeader.prefix(at, type), end - depth);
    if (valued) {
      NodeHeader.setValue(segment, at, ref(leaf(first, end, blob)));
    }
    for (int i = 0; i < groups.size(); i++) {
      List<Grown> group = groups.get(i);
      int key = group.getFirst().key[end] & 0xFF;
      setChild(segment, at, type, i, key, ref(child(group, end + 1, blob)));
    }
    return node;
  }

  private int child(List<Grown> group, int depth, int blob) {
    if (random.nextDouble() >= edgeShare && frames.get(blob).bumpSpace() > 3000) {
      return grow(group, depth, blob);
    }
    int below = blobFor();
    int root = grow(group, depth, below);
    int entry = takeEntry(below);
    EntryTable.setRoot(frame(below).segment, frame(below).base, entry, ref(root));
    int edge = allocate(frames.get(blob), Edge.SIZE);
    Edge.set(frame(blob).segment, frame(blob).base + edge, below, entry);
    return edge;
  }

  private int blobFor() {
    int blob = random.nextInt(frames.size());
    boolean room =
        blob != 0
            && entries.get(blob) < ENTRY_CAPACITY / 2
            && frames.get(blob).bumpSpace() > FrameSize.BYTES / 2;
    return room ? blob : newBlob();
  }

  private int newBlob() {
    int index = frames.size();
    int chunk = index / FRAMES_PER_CHUNK;
    if (chunk == CHUNKS.size()) {
      long bytes = (long) FRAMES_PER_CHUNK * FrameSize.BYTES + FrameSize.GUARD_BYTES;
      CHUNKS.add(Arena.global().allocate(bytes, FrameSize.PAGE_BYTES));
    }
    long base = (long) (index % FRAMES_PER_CHUNK) * FrameSize.BYTES;
    ExclusiveFrame frame = new ExclusiveFrame(new Frame(CHUNKS.get(chunk), base, index));
    frame.format(index, ENTRY_CAPACITY);
    frames.add(frame);
    entries.add(0);
    return index;
  }

  private int takeEntry(int blob) {
    int entry = entries.get(blob);
    if (entry == ENTRY_CAPACITY) {
      throw new IllegalStateException("entries of blob " + blob + " are used up");
    }
    entries.set(blob, entry + 1);
    return entry;
  }

  private int leaf(Grown record, int depth, int blob) {
    int suffix = record.key.length - depth;
    ExclusiveFrame exclusive = frames.get(blob);
    int node = allocate(exclusive, Leaf.size(suffix, record.value.length));
    MemorySegment segment = exclusive.frame().segment;
    long at = exclusive.frame().base + node;
    Leaf.set(segment, at, suffix, record.value.length, record.version);
    MemorySegment.copy(record.key, depth, segment, Bytes.U8, at + Leaf.SUFFIX, suffix);
    MemorySegment.copy(
        record.value, 0, segment, Bytes.U8, at + Leaf.SUFFIX + suffix, record.value.length);
    return node;
  }

  private static int allocate(ExclusiveFrame frame, int size) {
    int node = frame.allocate(size);
    if (node == 0) {
      throw new IllegalStateException("no room for " + size + " bytes");
    }
    return node;
  }

  private static List<List<Grown>> groups(List<Grown> records, int depth) {
    List<List<Grown>> groups = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= records.size(); i++) {
      if (i == records.size() || records.get(i).key[depth] != records.get(from).key[depth]) {
        groups.add(records.subList(from, i));
        from = i;
      }
    }
    return groups;
  }

  private static void setChild(
      MemorySegment segment, long node, int type, int slot, int key, int ref) {
    switch (type) {
      case NodeType.NODE4 -> Node4.set(segment, node, slot, key, ref);
      case NodeType.NODE16 -> Node16.set(segment, node, slot, key, ref);
      case NodeType.NODE48 -> Node48.set(segment, node, slot, key, ref);
      default -> Node256.set(segment, node, key, ref);
    }
  }

  private static void clear(MemorySegment segment, long at, int size) {
    segment.asSlice(at, size).fill((byte) 0);
  }

  private static int ref(int node) {
    return node >>> FrameSize.REF_SHIFT;
  }

  private Frame frame(int blob) {
    return frames.get(blob).frame();
  }

  private @Nullable Frame resident(long blob) {
    if (missing.contains(blob)) {
      return null;
    }
    reads++;
    return frame((int) blob);
  }

  @Override
  public @Nullable LatchedFrame latched(long blob) {
    return new StillFrame(blob, resident(blob));
  }

  @Override
  public boolean isMine(LatchedFrame latch) {
    return true;
  }

  @Override
  public long rootBlob() {
    return 0;
  }
}
