package io.drey.model;

import io.drey.CheckpointPolicy;
import io.drey.Durability;
import io.drey.Storage;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.time.Duration;

/** A way to store a tree. Each has the smallest pool, so that blobs come and go all the time. */
enum Setup {
  /** In memory alone. */
  MEMORY,
  /** In a directory without a journal; checkpoints on request. */
  NO_JOURNAL,
  /** In a directory; the journal reaches the operating system; checkpoints on request. */
  JOURNAL,
  /** In a directory; every write is forced; checkpoints on request. */
  FORCED,
  /** In a directory; checkpoints in the background, one after the other. */
  BACKGROUND,
  /** In a user's store; checkpoints on request. */
  BLOB_STORE;

  TreeConfig config(Path directory) {
    CheckpointPolicy policy =
        this == BACKGROUND
            ? new CheckpointPolicy(true, Duration.ofMillis(20), 64 << 10, 0.1)
            : CheckpointPolicy.onRequest();
    Storage storage =
        this == MEMORY || this == BLOB_STORE ? new Storage.Memory() : new Storage.Direct(directory);
    Durability durability =
        switch (this) {
          case MEMORY, NO_JOURNAL, BLOB_STORE -> Durability.NONE;
          case JOURNAL, BACKGROUND -> Durability.OS;
          case FORCED -> Durability.SYNC;
        };
    return TreeConfig.memory()
        .withStorage(storage)
        .withDurability(durability)
        .withCheckpoint(policy)
        .withPoolBytes(TreeConfig.minimumPoolBytes());
  }

  /**
   * Whether what is stored can be copied at one moment: nothing changes them while nobody calls.
   */
  boolean killable() {
    return this == NO_JOURNAL || this == JOURNAL || this == FORCED || this == BLOB_STORE;
  }

  /** Whether a kill leaves the state of the last checkpoint. */
  boolean losesChanges() {
    return this == NO_JOURNAL || this == BLOB_STORE;
  }
}
