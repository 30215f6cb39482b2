package io.drey;

/**
 * What an acknowledged write survives. A write is acknowledged when its call returns.
 *
 * <p>Whatever the choice, a crash leaves the state after some prefix of the writes in their order:
 * no gap in the middle, no half of a batch. {@code checkpoint()} and {@code close()} make
 * everything acknowledged before them durable against a power cut in all three.
 *
 * <p>A tree in a {@link BlobStore} has no journal: all three are as {@link #NONE} there.
 */
public enum Durability {
  /**
   * No journal is written. A process kill and a power cut both take every write since the last
   * checkpoint.
   */
  NONE,

  /**
   * The journal reaches the operating system before a write is acknowledged. A process kill takes
   * nothing. A power cut, or a crash of the operating system, may take the newest writes that the
   * operating system had not put on stable storage.
   */
  OS,

  /**
   * The journal is forced to stable storage before a write is acknowledged; concurrent writers
   * share one force. Neither a process kill nor a power cut takes anything acknowledged. Other
   * threads may read a value before its force has returned.
   */
  SYNC
}
