package io.drey;

/** An {@link EntryVisitor}'s answer to an entry. */
public enum Visit {
  /** Go on with the next entry. */
  CONTINUE,

  /** End the visit; the entry just seen counts as visited. */
  STOP
}
