package io.drey.engine.layout;

/** The first byte of every node in a frame. */
public final class NodeType {
  /** Space that may be used again; see {@link FreeNode}. */
  public static final int FREE = 0;

  /** A record; see {@link Leaf}. */
  public static final int LEAF = 1;

  /** The walk goes on in another blob; see {@link Edge}. */
  public static final int EDGE = 2;

  /** Up to 4 children; see {@link Node4}. */
  public static final int NODE4 = 3;

  /** Up to 16 children; see {@link Node16}. */
  public static final int NODE16 = 4;

  /** Up to 48 children; see {@link Node48}. */
  public static final int NODE48 = 5;

  /** Up to 256 children; see {@link Node256}. */
  public static final int NODE256 = 6;

  private NodeType() {}

  /** Whether {@code type} is one of the four inner nodes. */
  public static boolean isInner(int type) {
    return type >= NODE4 && type <= NODE256;
  }
}
