/** File access for Drey: positional reads and writes, forces, mapped regions, locks. */
module io.drey.vfs {
  requires static transitive org.jspecify;
  requires jdk.unsupported;

  exports io.drey.vfs;
}
