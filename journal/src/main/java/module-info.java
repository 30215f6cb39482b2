/** The write-ahead journal. */
module io.drey.journal {
  requires transitive io.drey.vfs;
  requires static transitive org.jspecify;

  exports io.drey.journal;
}
