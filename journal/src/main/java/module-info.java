/** The write-ahead journal: records, segments, group commit and replay. Knows nothing of trees. */
module io.drey.journal {
  requires jdk.jfr;
  requires transitive io.drey.vfs;
  requires static transitive org.jspecify;

  exports io.drey.journal;
}
