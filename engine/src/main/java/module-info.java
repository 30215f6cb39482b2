/** Drey, an embedded crash-safe metadata engine. Only the package {@code io.drey} is its API. */
module io.drey {
  requires io.drey.journal;
  requires io.drey.vfs;
  requires jdk.jfr;
  requires static transitive org.jspecify;

  exports io.drey;
}
