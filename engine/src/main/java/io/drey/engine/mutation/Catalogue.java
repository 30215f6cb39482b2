package io.drey.engine.mutation;

import io.drey.engine.art.EmptyTree;
import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.log.Mutation;
import io.drey.engine.pool.FramePool;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The names of trees, kept in the same physical tree as their records: byte 0 and the name lead to
 * the tree's id (8 bytes, big-endian).
 *
 * <p>A store begins with the one tree "default" of id 1. That beginning is a function of nothing,
 * so it is made in memory wherever the manifest names no root yet, and needs no journal record.
 */
public final class Catalogue {
  /** The id of the tree "default". */
  public static final long DEFAULT_TREE = 1;

  /** The smallest id that no tree has in a new store. */
  public static final long FIRST_FREE_TREE = 2;

  private static final byte NAMES = 0;

  private Catalogue() {}

  /** Makes the root blob of a new store. The pool has or allocates the frames for it. */
  public static void begin(FramePool pool) {
    ExclusiveFrame root = pool.create(1);
    long blob = FrameHeader.blob(root.frame().segment, root.frame().base);
    EmptyTree.format(root, blob);
    pool.rootBlob(blob);
    Applier applier = new Applier(pool);
    byte[] key = nameKey("default");
    byte[] id = ByteBuffer.allocate(Long.BYTES).putLong(DEFAULT_TREE).array();
    if (applier.apply(new Mutation.Put(key, id), 0) != Applier.APPLIED) {
      throw new IllegalStateException("a new root is in memory");
    }
  }

  private static byte[] nameKey(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(1 + text.length).put(NAMES).put(text).array();
  }
}
