package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;
import static io.drey.engine.store.DiskLayout.at;
import static io.drey.engine.store.DiskLayout.struct;

import io.drey.journal.LogEnd;
import io.drey.journal.SegmentLink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.util.List;

/**
 * The fields of a manifest that are not about single blobs; every commit carries them all.
 *
 * <pre>
 *  0        8        16       24       32       40       48       56       64       72       76 80
 *  +--------+--------+--------+--------+--------+--------+--------+--------+--------+--------+--+
 *  | check- | seq    | seq    | forced | next   | root   | next   | log start       | incar- |0 |
 *  | point  |        | high   | mark   | blob   | blob   | tree   | number | salt   | nation |  |
 *  +--------+--------+--------+--------+--------+--------+--------+--------+--------+--------+--+
 * </pre>
 */
final class HeadLayout {
  static final StructLayout LAYOUT =
      struct(
          U64.withName("checkpoint"),
          U64.withName("seq"),
          U64.withName("seqHighWater"),
          U64.withName("forcedMark"),
          U64.withName("nextBlob"),
          U64.withName("rootBlob"),
          U64.withName("nextTree"),
          U64.withName("logStartNumber"),
          U64.withName("logStartSalt"),
          U32.withName("incarnation"),
          U32.withName("reserved4"));

  static final long CHECKPOINT = at(LAYOUT, "checkpoint");
  static final long SEQ = at(LAYOUT, "seq");
  static final long SEQ_HIGH_WATER = at(LAYOUT, "seqHighWater");
  static final long FORCED_MARK = at(LAYOUT, "forcedMark");
  static final long NEXT_BLOB = at(LAYOUT, "nextBlob");
  static final long ROOT_BLOB = at(LAYOUT, "rootBlob");
  static final long NEXT_TREE = at(LAYOUT, "nextTree");
  static final long LOG_START_NUMBER = at(LAYOUT, "logStartNumber");
  static final long LOG_START_SALT = at(LAYOUT, "logStartSalt");
  static final long INCARNATION = at(LAYOUT, "incarnation");
  static final int SIZE = (int) LAYOUT.byteSize();

  private HeadLayout() {}

  static void put(MemorySegment target, long base, ManifestHead head) {
    target.set(U64, base + CHECKPOINT, head.checkpointId());
    target.set(U64, base + SEQ, head.seq());
    target.set(U64, base + SEQ_HIGH_WATER, head.seqHighWater());
    target.set(U64, base + FORCED_MARK, head.forcedMark());
    target.set(U64, base + NEXT_BLOB, head.nextBlob());
    target.set(U64, base + ROOT_BLOB, head.rootBlob());
    target.set(U64, base + NEXT_TREE, head.nextTree());
    target.set(U64, base + LOG_START_NUMBER, head.logStart().number());
    target.set(U64, base + LOG_START_SALT, head.logStart().salt());
    target.set(U32, base + INCARNATION, head.incarnation());
  }

  static ManifestHead get(MemorySegment source, long base, List<LogEnd> logEnds) {
    return new ManifestHead(
        source.get(U32, base + INCARNATION),
        source.get(U64, base + CHECKPOINT),
        source.get(U64, base + SEQ),
        source.get(U64, base + SEQ_HIGH_WATER),
        source.get(U64, base + FORCED_MARK),
        source.get(U64, base + NEXT_BLOB),
        source.get(U64, base + ROOT_BLOB),
        source.get(U64, base + NEXT_TREE),
        new SegmentLink(
            source.get(U64, base + LOG_START_NUMBER), source.get(U64, base + LOG_START_SALT)),
        logEnds);
  }
}
