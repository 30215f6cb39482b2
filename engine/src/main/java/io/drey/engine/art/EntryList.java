package io.drey.engine.art;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.FrameBuilder;
import io.drey.engine.frame.NodeEditor;
import io.drey.engine.layout.Children;
import io.drey.engine.layout.Edge;
import io.drey.engine.layout.EntryTable;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.layout.NodeHeader;
import io.drey.engine.layout.NodeType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The entries of one blob in the key order of the edges that lead to them. */
final class EntryList {
  final long blob;
  final int[] entries = new int[FrameSize.MAX_ENTRIES];

  /** The edges, offsets in the parent's frame. */
  final int[] edges = new int[FrameSize.MAX_ENTRIES];

  int count;

  private EntryList(long blob) {
    this.blob = blob;
  }

  /** The blobs under {@code holder}, a node of {@code parent}, by their first edge. */
  static List<EntryList> under(Frame parent, int holder) {
    List<EntryList> lists = new ArrayList<>();
    Map<Long, EntryList> byBlob = new HashMap<>();
    long node = parent.base + holder;
    for (int c = Children.atOrAfter(parent.segment, node, 0);
        c >= 0;
        c = Children.after(parent.segment, node, c)) {
      int edge = Children.ref(c) << FrameSize.REF_SHIFT;
      if (NodeHeader.type(parent.segment, parent.base + edge) == NodeType.EDGE) {
        long blob = Edge.blob(parent.segment, parent.base + edge);
        EntryList list = byBlob.get(blob);
        if (list == null) {
          list = new EntryList(blob);
          byBlob.put(blob, list);
          lists.add(list);
        }
        list.entries[list.count] = Edge.entry(parent.segment, parent.base + edge);
        list.edges[list.count] = edge;
        list.count++;
      }
    }
    return lists;
  }

  /** Adds entries {@code from} to {@code to} to a builder, numbered from {@code number} on. */
  void addTo(FrameBuilder builder, int source, int from, int to, int number) {
    Frame frame = builder.source(source);
    for (int i = from; i < to; i++) {
      int root = EntryTable.root(frame.segment, frame.base, entries[i]) << FrameSize.REF_SHIFT;
      builder.addRoot(source, root, number + i - from);
    }
  }

  /** Lets the edges of entries {@code from} to {@code to} lead to {@code target}. */
  void point(ExclusiveFrame parent, long target, int from, int to, int number) {
    for (int i = from; i < to; i++) {
      NodeEditor.writeEdge(parent, edges[i], target, number + i - from);
    }
  }

  /** Bytes that {@code entry} takes in a packed frame. */
  static int bytes(Frame frame, int entry) {
    FrameBuilder builder = new FrameBuilder();
    builder.addSource(frame);
    builder.addRoot(0, EntryTable.root(frame.segment, frame.base, entry) << FrameSize.REF_SHIFT, 0);
    return builder.measure();
  }

  /** Adds all entries of {@code frame} under their numbers; the rows they need. */
  static int addAll(FrameBuilder builder, int source, Frame frame) {
    int rows = 1;
    int capacity = FrameHeader.entryCapacity(frame.segment, frame.base);
    for (int entry = 0; entry < capacity; entry++) {
      int root = EntryTable.root(frame.segment, frame.base, entry) << FrameSize.REF_SHIFT;
      if (root != 0) {
        builder.addRoot(source, root, entry);
        rows = entry + 1;
      }
    }
    return rows;
  }
}
