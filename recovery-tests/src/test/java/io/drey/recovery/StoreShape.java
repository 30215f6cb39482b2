package io.drey.recovery;

import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How a store under test is configured.
 *
 * @param frameBytes bytes of a frame, 8 KiB to 512 KiB
 * @param promise what an acknowledged write survives: the engine's durability in the harness's
 *     words
 * @param storage where the bytes are
 * @param segmentBytes bytes of a journal segment
 * @param poolFrames frames in memory, at least {@link #LEAST_POOL_FRAMES}
 */
public record StoreShape(
    int frameBytes, Promise promise, Storage storage, int segmentBytes, int poolFrames) {
  /** Frames of the least pool. */
  public static final int LEAST_POOL_FRAMES = 32;

  /** Where the bytes are, and who writes checkpoints. */
  public enum Storage {
    /** In files; checkpoints on request alone. */
    FILES,
    /** In files; the background thread writes checkpoints too. */
    FILES_WITH_BACKGROUND_ROUNDS,
    /** In files, the data file mapped; checkpoints on request alone. */
    MAPPED,
    /** As {@link #MAPPED}; the background thread writes checkpoints too. */
    MAPPED_WITH_BACKGROUND_ROUNDS,
    /** In memory alone: nothing survives. */
    MEMORY,
    /** In files, through a user's store; checkpoints on request alone. */
    BLOB_STORE;

    /** Whether the data file is mapped. */
    public boolean isMapped() {
      return this == MAPPED || this == MAPPED_WITH_BACKGROUND_ROUNDS;
    }

    /** Whether the background thread writes checkpoints. */
    public boolean hasBackgroundRounds() {
      return this == FILES_WITH_BACKGROUND_ROUNDS || this == MAPPED_WITH_BACKGROUND_ROUNDS;
    }
  }

  static final int SMALL_FRAMES = 8 << 10;
  static final int LARGE_FRAMES = 512 << 10;

  private static final int SMALL_SEGMENTS = 64 << 10;
  private static final int LARGE_SEGMENTS = 256 << 10;
  private static final int LEAST_POOL = 32;

  /** Frames of 8 KiB, in which few records reach every restructuring. */
  public static StoreShape small(Promise promise) {
    return new StoreShape(SMALL_FRAMES, promise, Storage.FILES, SMALL_SEGMENTS, LEAST_POOL);
  }

  /** Frames of 512 KiB, as users have them. */
  public static StoreShape large(Promise promise) {
    return new StoreShape(LARGE_FRAMES, promise, Storage.FILES, LARGE_SEGMENTS, LEAST_POOL);
  }

  /** The shape with another storage. */
  public StoreShape in(Storage other) {
    return new StoreShape(frameBytes, promise, other, segmentBytes, poolFrames);
  }

  /**
   * How a disk may fail under such a store and leave it the means to see that. A write that goes to
   * a wrong place of a mapped file changes frames that were verified before and are in use.
   */
  public Set<FaultKind> faults() {
    return storage.isMapped()
        ? EnumSet.complementOf(EnumSet.of(FaultKind.MISDIRECTED_WRITE, FaultKind.DUPLICATED_WRITE))
        : EnumSet.allOf(FaultKind.class);
  }

  /** Every durability with small frames. */
  public static List<StoreShape> allSmall() {
    return List.of(small(Promise.NOTHING), small(Promise.PROCESS_KILL), small(Promise.POWER_LOSS));
  }

  @Override
  public String toString() {
    return "%d KiB frames, %s%s"
        .formatted(
            frameBytes >> 10,
            switch (promise) {
              case NOTHING -> "NONE";
              case PROCESS_KILL -> "OS";
              case POWER_LOSS -> "SYNC";
            },
            switch (storage) {
              case FILES -> "";
              case FILES_WITH_BACKGROUND_ROUNDS -> ", rounds in the background";
              case MAPPED -> ", mapped";
              case MAPPED_WITH_BACKGROUND_ROUNDS -> ", mapped, rounds in the background";
              case MEMORY -> ", in memory";
              case BLOB_STORE -> ", in a user's store";
            });
  }
}
