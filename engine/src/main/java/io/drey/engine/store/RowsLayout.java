package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U16;
import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.at;
import static io.drey.engine.store.DiskLayout.struct;

import io.drey.engine.frame.BlobRows;
import io.drey.engine.frame.EntryRow;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A blob's directory rows: one per entry, each followed by the edges below the entry.
 *
 * <pre>
 *  entry row
 *  0        2     4         8         16          24            32       36    40
 *  +--------+-----+---------+---------+-----------+-------------+--------+-----+-- -- --
 *  | number | 0   | longest | records | key bytes | value bytes | edges  | 0   | edges
 *  +--------+-----+---------+---------+-----------+-------------+--------+-----+-- -- --
 *  edge
 *  0        8       12      16
 *  +--------+-------+-------+
 *  | blob   | entry | depth |
 *  +--------+-------+-------+
 * </pre>
 */
final class RowsLayout {
  static final StructLayout ENTRY =
      struct(
          U16.withName("number"),
          U16.withName("reserved2"),
          U32.withName("longest"),
          U64.withName("records"),
          U64.withName("keyBytes"),
          U64.withName("valueBytes"),
          U32.withName("edges"),
          U32.withName("reserved4"));
  static final StructLayout EDGE =
      struct(U64.withName("blob"), U32.withName("entry"), U32.withName("depth"));

  static final long NUMBER = at(ENTRY, "number");
  static final long LONGEST = at(ENTRY, "longest");
  static final long RECORDS = at(ENTRY, "records");
  static final long KEY_BYTES = at(ENTRY, "keyBytes");
  static final long VALUE_BYTES = at(ENTRY, "valueBytes");
  static final long EDGES = at(ENTRY, "edges");
  static final int ENTRY_SIZE = (int) ENTRY.byteSize();

  static final long EDGE_BLOB = at(EDGE, "blob");
  static final long EDGE_ENTRY = at(EDGE, "entry");
  static final long EDGE_DEPTH = at(EDGE, "depth");
  static final int EDGE_SIZE = (int) EDGE.byteSize();

  private RowsLayout() {}

  static int size(BlobRows rows) {
    int size = 0;
    for (EntryRow row : rows.entries()) {
      size += ENTRY_SIZE + row.edgeBlobs().length * EDGE_SIZE;
    }
    return size;
  }

  static void put(MemorySegment target, long base, BlobRows rows) {
    long at = base;
    for (EntryRow row : rows.entries()) {
      int edges = row.edgeBlobs().length;
      target.set(U16, at + NUMBER, (short) row.number());
      target.set(U32, at + LONGEST, row.longest());
      target.set(U64, at + RECORDS, row.records());
      target.set(U64, at + KEY_BYTES, row.keyBytes());
      target.set(U64, at + VALUE_BYTES, row.valueBytes());
      target.set(U32, at + EDGES, edges);
      at += ENTRY_SIZE;
      for (int edge = 0; edge < edges; edge++) {
        target.set(U64, at + EDGE_BLOB, row.edgeBlobs()[edge]);
        target.set(U32, at + EDGE_ENTRY, row.edgeEntries()[edge]);
        target.set(U32, at + EDGE_DEPTH, row.edgeDepths()[edge]);
        at += EDGE_SIZE;
      }
    }
  }

  /** The rows at {@code base}; an index out of bounds if they do not fit into {@code source}. */
  static BlobRows get(MemorySegment source, long base, long blob, int entries) {
    List<EntryRow> rows = new ArrayList<>(entries);
    long at = base;
    for (int i = 0; i < entries; i++) {
      long row = at;
      int edges = source.get(U32, row + EDGES);
      at += ENTRY_SIZE;
      if (edges < 0 || edges > (source.byteSize() - at) / EDGE_SIZE) {
        throw new IndexOutOfBoundsException("entry row with " + edges + " edges");
      }
      long[] blobs = new long[edges];
      int[] numbers = new int[edges];
      int[] depths = new int[edges];
      for (int edge = 0; edge < edges; edge++) {
        blobs[edge] = source.get(U64, at + EDGE_BLOB);
        numbers[edge] = source.get(U32, at + EDGE_ENTRY);
        depths[edge] = source.get(U32, at + EDGE_DEPTH);
        at += EDGE_SIZE;
      }
      rows.add(
          new EntryRow(
              Short.toUnsignedInt(source.get(U16, row + NUMBER)),
              source.get(U32, row + LONGEST),
              source.get(U64, row + RECORDS),
              source.get(U64, row + KEY_BYTES),
              source.get(U64, row + VALUE_BYTES),
              blobs,
              numbers,
              depths));
    }
    return new BlobRows(blob, rows);
  }
}
