package io.drey.cli;

import io.drey.Tree;
import io.drey.TreeStats;

/**
 * How much space a store takes, printed behind maintenance.
 *
 * @param liveBytes of the data file that hold blobs
 * @param freeBytes of the data file that are free
 * @param gapBytes inside blobs that compaction would give back
 */
record StoreSize(long liveBytes, long freeBytes, long gapBytes) {
  static StoreSize of(Tree tree) {
    TreeStats stats = tree.stats();
    return new StoreSize(stats.dataBytesLive(), stats.dataBytesFree(), stats.gapBytes());
  }

  void print(Session session, String task) {
    Output out = session.output();
    if (session.json()) {
      new JsonWriter(out).any(this).endLine();
    } else {
      out.line(
          task
              + " done: "
              + liveBytes
              + " bytes live, "
              + freeBytes
              + " free, "
              + gapBytes
              + " in gaps");
    }
    out.flush();
  }
}
