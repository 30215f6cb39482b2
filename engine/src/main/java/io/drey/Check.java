package io.drey;

/**
 * The invariants of stored bytes, each under one name that messages, tools and tests share. A
 * {@link Violation} names the broken one, and so does a {@link CorruptionException}.
 */
public enum Check {
  /** A frame begins with the magic, format version and frame size it was written with. */
  FRAME_HEADER,
  /** A frame's bytes match the checksums in its header. */
  FRAME_CHECKSUM,
  /** A frame is the blob, slot and image that the manifest names. */
  FRAME_IDENTITY,
  /** The bytes of a frame are nodes in use, free nodes or space never used, and nothing twice. */
  FRAME_SPACE,
  /** The counters in a frame's header match its nodes. */
  FRAME_COUNTERS,
  /** Each free node of a frame is on the list of its size. */
  FREE_LIST,
  /** A node has a type of its kind. */
  NODE_TYPE,
  /** A node, or what it refers to, lies within the used part of its frame. */
  NODE_BOUNDS,
  /** A node has as many children as its type and its header say. */
  NODE_CHILDREN,
  /** The key bytes of a node's children ascend. */
  NODE_ORDER,
  /** Each node is reached by exactly one reference. */
  NODE_SHARED,
  /** Bytes that are reserved are zero. */
  NODE_RESERVED,
  /** A value reference leads to a leaf with an empty suffix. */
  NODE_VALUE,
  /** A record's key and value are within the limits. */
  LEAF_LENGTH,
  /** An edge leads to a blob that exists and to one of its entries. */
  EDGE_TARGET,
  /** Each entry of each blob is reached by exactly one edge. */
  EDGE_UNIQUE,
  /** The entries of a blob hang under one node. */
  ENTRY_PARENT,
  /** The records and bytes that a blob's rows state are those that it holds. */
  ENTRY_ROW,
  /** Each slot of the data file is live, free or held back, and live for one blob alone. */
  SLOT_MAP,
  /** A manifest record is whole and follows from the ones before it. */
  MANIFEST_RECORD,
  /** The files that the manifest names are there. */
  FILE_PRESENT,
  /** A file is as long as what is recorded in it. */
  FILE_LENGTH,
  /** A journal record that was forced is whole. */
  JOURNAL_RECORD,
  /** Each journal segment continues the one before it. */
  JOURNAL_CHAIN
}
