package io.drey;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How a tree is opened. Immutable; each {@code with} method returns a changed copy.
 *
 * <p>
 *
 * {@snippet :
 * TreeConfig config =
 *     TreeConfig.at(Path.of("meta.drey"))
 *         .withDurability(Durability.SYNC)
 *         .withPoolBytes(1L << 30);
 * }
 *
 * @param storage where the bytes are kept, unless that is a {@link BlobStore}
 * @param durability what an acknowledged write survives
 * @param checkpoint when checkpoints happen by themselves
 * @param poolBytes the memory for frames, pages and the directory of what is on disk, at least
 *     {@link #minimumPoolBytes()}. For {@link Storage.Direct} and in a {@link BlobStore} a limit:
 *     whoever needs memory beyond it waits until something has left. Beyond it go: what the
 *     directory grows by while the store is open ({@link TreeStats#directoryBytes}, some 100 bytes
 *     for each entry of a blob); the frames that a batch fills, and those it copies, where the
 *     blobs it changes leave no room for them: they stay allocated, and a batch that changes more
 *     blobs than the pool holds is refused; what a read-only open replays; and reads of a store
 *     whose disk is full. {@link Storage.Memory} keeps every frame in memory, whatever this says;
 *     for {@link Storage.Mapped} it limits only the memory for changes while the disk is full, and
 *     is what {@link CheckpointPolicy#dirtyShare()} is a share of
 * @param access reads and writes, or reads alone
 */
public record TreeConfig(
    Storage storage,
    Durability durability,
    CheckpointPolicy checkpoint,
    long poolBytes,
    Access access) {
  /** The pool of {@link #at} and {@link #memory()}. */
  private static final long DEFAULT_POOL_BYTES = 256L << 20;

  /** A write that splits at every step, its copies and a checkpoint beside it fit into these. */
  private static final int MINIMUM_POOL_FRAMES = 32;

  /** Chunks of memory that so many frames lie in. */
  private static final int MINIMUM_POOL_GUARDS = 3;

  private static final int FRAME_BYTES = Integer.getInteger("io.drey.frameBytes", 512 << 10);

  /** What follows each chunk of frames, so that no walk leaves the pool. */
  private static final long GUARD_BYTES = FRAME_BYTES + (64L << 10);

  /** Refuses null components and a pool below the minimum. */
  public TreeConfig {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(durability, "durability");
    Objects.requireNonNull(checkpoint, "checkpoint");
    Objects.requireNonNull(access, "access");
    if (poolBytes < minimumPoolBytes()) {
      throw new IllegalArgumentException(
          "poolBytes must be at least "
              + minimumPoolBytes()
              + " ("
              + MINIMUM_POOL_FRAMES
              + " frames of "
              + FRAME_BYTES
              + " bytes and what lies between them), is "
              + poolBytes);
    }
  }

  /**
   * Returns the usual configuration for a directory: direct storage, {@link Durability#OS},
   * checkpoints in the background, a pool of 256 MiB, reads and writes.
   *
   * @param directory the store's directory; made when it is missing, its parent must exist
   */
  public static TreeConfig at(Path directory) {
    return new TreeConfig(
        new Storage.Direct(directory),
        Durability.OS,
        CheckpointPolicy.defaults(),
        DEFAULT_POOL_BYTES,
        Access.READ_WRITE);
  }

  /** Returns the configuration of a tree in memory, which is gone when it is closed. */
  public static TreeConfig memory() {
    return new TreeConfig(
        new Storage.Memory(),
        Durability.NONE,
        CheckpointPolicy.onRequest(),
        DEFAULT_POOL_BYTES,
        Access.READ_WRITE);
  }

  /** Returns the smallest pool that a tree can work with, in bytes: not quite 18 MiB. */
  public static long minimumPoolBytes() {
    return (long) MINIMUM_POOL_FRAMES * FRAME_BYTES + MINIMUM_POOL_GUARDS * GUARD_BYTES;
  }

  /** Returns a copy with another place for the bytes. */
  public TreeConfig withStorage(Storage storage) {
    return new TreeConfig(storage, durability, checkpoint, poolBytes, access);
  }

  /** Returns a copy with another promise for acknowledged writes. */
  public TreeConfig withDurability(Durability durability) {
    return new TreeConfig(storage, durability, checkpoint, poolBytes, access);
  }

  /** Returns a copy with another checkpoint policy. */
  public TreeConfig withCheckpoint(CheckpointPolicy checkpoint) {
    return new TreeConfig(storage, durability, checkpoint, poolBytes, access);
  }

  /**
   * Returns a copy with another pool size in bytes.
   *
   * @throws IllegalArgumentException below {@link #minimumPoolBytes()}
   */
  public TreeConfig withPoolBytes(long poolBytes) {
    return new TreeConfig(storage, durability, checkpoint, poolBytes, access);
  }

  /** Returns a copy for reads and writes, or for reads alone. */
  public TreeConfig withAccess(Access access) {
    return new TreeConfig(storage, durability, checkpoint, poolBytes, access);
  }
}
