package io.drey.history;

import io.drey.CheckpointPolicy;
import io.drey.Storage;
import io.drey.TreeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A kind of run: which keys, over which tree, by how many workers. */
enum Setting {
  /** Few keys that everybody wants, all in one frame in memory. */
  HOT(512 << 10, 4, 800) {
    @Override
    Keyspace keys() {
      return hotKeys(threads);
    }
  },

  /** Few keys, on disk, with checkpoints all the time. */
  HOT_ON_DISK(512 << 10, 6, 500) {
    @Override
    Keyspace keys() {
      return hotKeys(threads);
    }

    @Override
    TreeConfig config(Path directory) {
      return onDisk(directory);
    }
  },

  /** Few keys that everybody wants, with values so long that each small frame holds but some. */
  CROSSING(8 << 10, 4, 800) {
    @Override
    Keyspace keys() {
      return Keyspace.directories(2, 3, 4, threads);
    }

    @Override
    Values.Sizes sizes() {
      return Values.Sizes.BULKY;
    }
  },

  /** Some hundred small frames in memory that split and merge. */
  SPLITTING(8 << 10, 4, 1000) {
    @Override
    Keyspace keys() {
      return Keyspace.directories(16, 5, 12, threads);
    }
  },

  /** More than the pool holds, in small frames on disk, with checkpoints all the time. */
  SPILLING(8 << 10, 4, 800) {
    @Override
    Keyspace keys() {
      return manyKeys(threads);
    }

    @Override
    TreeConfig config(Path directory) {
      return onDisk(directory);
    }
  },

  /** Small frames that split and merge in a mapped file, with checkpoints all the time. */
  MAPPED(8 << 10, 4, 800) {
    @Override
    Keyspace keys() {
      return Keyspace.directories(40, 7, 12, threads);
    }

    @Override
    TreeConfig config(Path directory) {
      return onDisk(directory).withStorage(new Storage.Mapped(directory));
    }
  },

  /** More than the pool holds, in small frames in a user's store. */
  USER_STORE(8 << 10, 4, 800) {
    @Override
    Keyspace keys() {
      return manyKeys(threads);
    }

    @Override
    TreeConfig config(Path directory) {
      return onDisk(directory);
    }
  },

  /** More than the pool holds, in frames of full size. For campaigns: filling it takes a while. */
  LARGE(512 << 10, 4, 2000) {
    @Override
    Keyspace keys() {
      return Keyspace.directories(100, 9, 40, threads);
    }

    @Override
    Values.Sizes sizes() {
      return Values.Sizes.BULKY;
    }

    @Override
    TreeConfig config(Path directory) {
      return onDisk(directory);
    }
  };

  /** Bytes of a frame, which is fixed when a process starts. */
  final int frameBytes;

  final int threads;

  /** Choices of one worker between two moments of rest. */
  final int choicesPerRound;

  Setting(int frameBytes, int threads, int choicesPerRound) {
    this.frameBytes = frameBytes;
    this.threads = threads;
    this.choicesPerRound = choicesPerRound;
  }

  abstract Keyspace keys();

  TreeConfig config(Path directory) {
    return TreeConfig.memory();
  }

  Values.Sizes sizes() {
    return Values.Sizes.SLIM;
  }

  /** Whether there are files, and a journal in them. */
  boolean isOnDisk() {
    return isDurable() && this != USER_STORE;
  }

  /** Whether what was stored is there after a close. */
  boolean isDurable() {
    return switch (this) {
      case HOT, CROSSING, SPLITTING -> false;
      case HOT_ON_DISK, SPILLING, MAPPED, USER_STORE, LARGE -> true;
    };
  }

  Sections sections() {
    return isDurable() ? Sections.BROKEN : Sections.WHOLE;
  }

  /** Key pairs of every sort: empty, one the beginning of the other, siblings, with a zero byte. */
  private static Keyspace hotKeys(int threads) {
    return Keyspace.of(List.of("", "a", "a/", "a/b", "a/b/c", "a/c", "b", "b\0"), threads);
  }

  /** More than the least pool holds in small frames. */
  private static Keyspace manyKeys(int threads) {
    return Keyspace.directories(90, 7, 16, threads);
  }

  private static TreeConfig onDisk(Path directory) {
    return TreeConfig.at(directory)
        .withPoolBytes(TreeConfig.minimumPoolBytes())
        .withCheckpoint(new CheckpointPolicy(true, Duration.ofMillis(300), 256 << 10, 0.2));
  }
}
