package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.at;
import static io.drey.engine.store.DiskLayout.struct;

import io.drey.journal.LogEnd;
import io.drey.journal.SegmentLink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * Where a cut journal segment ends, and which segment goes on.
 *
 * <pre>
 *  0          8             16          24
 *  +----------+-------------+-----------+
 *  | position | next number | next salt |
 *  +----------+-------------+-----------+
 * </pre>
 */
final class LogEndLayout {
  static final StructLayout LAYOUT =
      struct(U64.withName("position"), U64.withName("nextNumber"), U64.withName("nextSalt"));

  static final long POSITION = at(LAYOUT, "position");
  static final long NEXT_NUMBER = at(LAYOUT, "nextNumber");
  static final long NEXT_SALT = at(LAYOUT, "nextSalt");
  static final int SIZE = (int) LAYOUT.byteSize();

  private LogEndLayout() {}

  static void put(MemorySegment target, long base, LogEnd end) {
    target.set(U64, base + POSITION, end.position());
    target.set(U64, base + NEXT_NUMBER, end.next().number());
    target.set(U64, base + NEXT_SALT, end.next().salt());
  }

  static LogEnd get(MemorySegment source, long base) {
    return new LogEnd(
        source.get(U64, base + POSITION),
        new SegmentLink(source.get(U64, base + NEXT_NUMBER), source.get(U64, base + NEXT_SALT)));
  }
}
