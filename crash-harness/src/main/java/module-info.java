/**
 * Crash-consistency testing: killed child processes, a simulated disk whose crash states are
 * enumerated, a disk that fails, and the oracle that judges what a store recovers. Knows no store.
 */
module io.drey.crash {
  requires static transitive org.jspecify;
  requires transitive io.drey.vfs;

  exports io.drey.crash;
  exports io.drey.crash.disk;
}
