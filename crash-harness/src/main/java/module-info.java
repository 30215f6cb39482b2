/**
 * Crash-consistency testing: killed child processes, a simulated disk whose crash states are
 * enumerated, a disk that fails, and the oracle that judges what a store recovers. Knows no store.
 */
module io.drey.crash {
  requires static transitive org.jspecify;
  requires transitive io.drey.vfs;
  requires java.management;
  requires jdk.jfr;

  // For the command only, which runs from the class path.
  requires static info.picocli;

  exports io.drey.crash;
  exports io.drey.crash.disk;
  exports io.drey.crash.example;
  exports io.drey.crash.hostile;
  exports io.drey.crash.kill;

  opens io.drey.crash.command to
      info.picocli;
}
