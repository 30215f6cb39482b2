package io.drey.benchmarks;

import io.drey.Durability;
import io.drey.Storage;
import io.drey.TreeConfig;
import java.nio.file.Path;

/** Where a workload's records live and what an acknowledged write survives. */
enum Profile {
  /** Nothing on disk. */
  MEMORY,
  /** In a directory; the journal reaches the operating system. */
  WAL,
  /** In a directory; every write is forced to stable storage. */
  SYNC;

  /** How the data file is accessed, where there is one. */
  enum DataFile {
    DIRECT,
    MAPPED
  }

  private static final long POOL_BYTES = 64L << 20;
  private static final long LARGE_POOL_BYTES = 512L << 20;
  private static final int LARGE_FROM_RECORDS = 500_001;

  /** The pool of the reference workload for that many records. */
  static long poolBytes(int records) {
    return records < LARGE_FROM_RECORDS ? POOL_BYTES : LARGE_POOL_BYTES;
  }

  TreeConfig config(Path directory, long poolBytes, DataFile file) {
    TreeConfig config = config(directory, poolBytes);
    boolean mapped = this != MEMORY && file == DataFile.MAPPED;
    return mapped ? config.withStorage(new Storage.Mapped(directory)) : config;
  }

  TreeConfig config(Path directory, long poolBytes) {
    TreeConfig config = this == MEMORY ? TreeConfig.memory() : TreeConfig.at(directory);
    return config
        .withPoolBytes(poolBytes)
        .withDurability(
            switch (this) {
              case MEMORY -> Durability.NONE;
              case WAL -> Durability.OS;
              case SYNC -> Durability.SYNC;
            });
  }
}
