package io.drey;

import io.drey.crash.Failure;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.recovery.Engine;
import io.drey.recovery.StoreShape;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.time.Duration;

/** Opens trees for the harness; loaded beside the engine's classes, and by their loader. */
public final class TreeEngine implements Engine {
  private static final CheckpointPolicy BACKGROUND =
      new CheckpointPolicy(true, Duration.ofSeconds(1), 8 << 10, 0.25);

  @Override
  public Subject.Store open(Vfs vfs, Path directory, StoreShape shape) {
    return new TreeUnderTest(() -> tree(vfs, directory, shape), shape.promise());
  }

  private static Tree tree(Vfs vfs, Path directory, StoreShape shape) {
    if (shape.storage() == StoreShape.Storage.MEMORY) {
      return Tree.open(TreeConfig.memory());
    }
    TreeConfig config =
        TreeConfig.at(directory)
            .withStorage(
                shape.storage().isMapped()
                    ? new Storage.Mapped(directory)
                    : new Storage.Direct(directory))
            .withDurability(durability(shape.promise()))
            .withCheckpoint(
                shape.storage().hasBackgroundRounds() ? BACKGROUND : CheckpointPolicy.onRequest())
            .withPoolBytes(poolBytes(shape));
    if (shape.storage() == StoreShape.Storage.BLOB_STORE) {
      return Tree.open(config, new FileBlobStore(vfs, directory));
    }
    return Tree.open(config, vfs, shape.segmentBytes());
  }

  /** The least pool has {@link StoreShape#LEAST_POOL_FRAMES}, and what lies between them. */
  private static long poolBytes(StoreShape shape) {
    long more = shape.poolFrames() - StoreShape.LEAST_POOL_FRAMES;
    return TreeConfig.minimumPoolBytes() + more * shape.frameBytes();
  }

  private static Durability durability(Promise promise) {
    return switch (promise) {
      case NOTHING -> Durability.NONE;
      case PROCESS_KILL -> Durability.OS;
      case POWER_LOSS -> Durability.SYNC;
    };
  }

  @Override
  public Failure classify(Throwable failure) {
    return switch (failure) {
      case StorageException _ -> Failure.NOT_APPLIED;
      case StoreFailedException _ -> Failure.OUTCOME_UNKNOWN;
      case CorruptionException _, FormatException _ -> Failure.DAMAGE_FOUND;
      case TreeUnderTest.NotReopened notReopened -> {
        Failure cause = classify(notReopened.getCause());
        yield cause == Failure.NOT_APPLIED ? Failure.OUTCOME_UNKNOWN : cause;
      }
      default -> Failure.BUG;
    };
  }
}
