package io.drey.crash;

/** What an exception of a subject says, when the disk has been made to fail. */
public enum Failure {
  /** A typed error: the operation did not take place, the store is usable. */
  NOT_APPLIED,
  /** A typed error: the operation may have taken place; the store has to be opened again. */
  OUTCOME_UNKNOWN,
  /** A typed error: the files are damaged, and the message names file and place. */
  DAMAGE_FOUND,
  /** Not an error a user should ever see. */
  BUG
}
