package io.drey;

import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.checkpoint.RoundReason;
import io.drey.engine.event.StoreClose;
import io.drey.engine.event.StoreOpen;
import io.drey.engine.recovery.BlobStoreRecovery;
import io.drey.engine.recovery.Recovered;
import io.drey.engine.recovery.Recovery;
import io.drey.journal.JournalConfig;
import io.drey.journal.JournalFailedException;
import io.drey.vfs.Threads;
import io.drey.vfs.Vfs;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Opening and closing of stores, and the typed errors of both. */
final class Stores {
  /** So many lives in a row may end in a crash, with changes and without a checkpoint. */
  private static final int CRASHED_LIVES_MAX = 64;

  private Stores() {}

  static OpenStore open(TreeConfig config) {
    return open(config, Vfs.disk(), JournalConfig.DEFAULT_SEGMENT_BYTES);
  }

  /**
   * @param segmentBytes size of new journal segments
   */
  static OpenStore open(TreeConfig config, Vfs vfs, int segmentBytes) {
    if (config.storage() instanceof Storage.Memory) {
      if (config.access() == Access.READ_ONLY) {
        throw new IllegalArgumentException("a tree in memory cannot be opened read-only");
      }
      return open(config, "Memory", Threads.PLATFORM, Recovery::inMemory);
    }
    String storage = config.storage().getClass().getSimpleName();
    return open(config, storage, vfs.threads(), () -> Recovery.open(config, vfs, segmentBytes));
  }

  static OpenStore open(TreeConfig config, BlobStore store) {
    return open(
        config, "Blob Store", Threads.PLATFORM, () -> BlobStoreRecovery.open(config, store));
  }

  /** Reads what there is and makes it ready. */
  private interface Opening {
    Recovered run() throws IOException;
  }

  private static OpenStore open(
      TreeConfig config, String storage, Threads threads, Opening opening) {
    StoreOpen event = new StoreOpen();
    event.storage = storage;
    event.begin();
    try {
      Recovered recovered = opening.run();
      OpenStore store = start(config, threads, recovered);
      store.statistics.begin();
      StoreEvents.opened(event, config, recovered);
      return store;
    } catch (JournalFailedException e) {
      throw StoreEvents.refused(event, config, new StoreFailedException("opening the store", e));
    } catch (IOException e) {
      throw StoreEvents.refused(event, config, IoErrors.typed("open", e));
    } catch (RuntimeException e) {
      throw StoreEvents.refused(event, config, e);
    }
  }

  private static OpenStore start(TreeConfig config, Threads threads, Recovered recovered) {
    CheckpointParts parts = recovered.checkpoints();
    if (parts == null) {
      return new OpenStore(config, recovered, null);
    }
    Checkpointer checkpointer = new Checkpointer(parts, config.checkpoint());
    OpenStore store = new OpenStore(config, recovered, checkpointer);
    if (parts.images().state().head().logEnds().size() > CRASHED_LIVES_MAX) {
      shortenLog(store, checkpointer);
    }
    checkpointer.start(threads);
    return store;
  }

  /**
   * Every life that crashes leaves a segment, which the next one reads again: a store that crashes
   * over and over writes a checkpoint at times, whatever its policy. Whatever comes of it, the
   * store is open: it reads, and writes unless this has failed it.
   */
  private static void shortenLog(OpenStore store, Checkpointer checkpointer) {
    try {
      checkpointer.checkpoint(RoundReason.RECOVERY);
    } catch (IOException e) {
      // A full disk, for example: the journal holds everything, and the next opening tries again.
    } catch (RuntimeException e) {
      store.health.fail(e);
    }
  }

  /**
   * Closes a store once; a second caller waits for the first. What is acknowledged stays: where the
   * last checkpoint fails, the journal holds it, and only without a journal is that an error.
   */
  static void close(OpenStore store) {
    store.closing.lock();
    try {
      if (!store.close()) {
        return;
      }
      StoreClose event = new StoreClose();
      event.begin();
      store.statistics.close();
      Throwable failure = lastCheckpoint(store);
      try {
        store.resources.close();
      } catch (IOException e) {
        failure = IoErrors.join(store.failure("close", e), failure);
      }
      StoreEvents.closed(event, store, failure);
      if (failure instanceof IOException e) {
        throw store.failure("close", e);
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
    } finally {
      store.closing.unlock();
    }
  }

  /** The failure that must be told, or null. */
  private static @Nullable Throwable lastCheckpoint(OpenStore store) {
    Checkpointer checkpointer = store.checkpointer;
    if (checkpointer == null) {
      return null;
    }
    checkpointer.close();
    if (store.health.failure() != null) {
      return new StoreFailedException("an earlier write", store.health.failure());
    }
    try {
      checkpointer.checkpoint(RoundReason.CLOSE);
      return null;
    } catch (IOException | RuntimeException e) {
      CheckpointParts parts = store.recovered.checkpoints();
      boolean journaled = parts != null && parts.log().keepsChanges();
      return journaled && store.health.failure() == null ? null : e;
    }
  }
}
