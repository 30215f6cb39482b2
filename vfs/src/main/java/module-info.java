/**
 * The only part of Drey that opens a file: positional reads and writes, forces, mapped regions,
 * renames, directory forces and leases, over a disk or over memory.
 */
module io.drey.vfs {
  requires static transitive org.jspecify;
  requires jdk.unsupported;

  exports io.drey.vfs;
}
