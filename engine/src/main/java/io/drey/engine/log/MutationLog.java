package io.drey.engine.log;

import java.io.IOException;

/**
 * Where changes get their sequence numbers and, but for {@code NONE} and memory, their records.
 *
 * <p>The life of a change: {@link #prepare} outside the gate, {@link #reserve} inside it, apply,
 * {@link #publish} or {@link #publishVoid} before the gate is left, {@link #acknowledge} after.
 */
public interface MutationLog {
  /** Makes room for a body of so many bytes; may wait for a segment and does file work. */
  void prepare(int bodyBytes) throws IOException;

  /** Whether {@link #prepare} would return at once: a guess, as what it made ready is. */
  boolean isPrepared(int bodyBytes);

  /**
   * Takes a place and its sequence numbers in the epoch that the change was prepared for; false =
   * prepare again, or another epoch has begun. The first one is 0. Never waits.
   */
  boolean reserve(Place place, int bodyBytes, int seqCount, long epoch);

  /**
   * Begins an epoch: what was reserved before has the numbers up to the result, and nothing is
   * reserved any more for the one before.
   */
  long beginEpoch(long epoch);

  void publish(Place place, int type, byte[] body, int length);

  void publishVoid(Place place);

  /**
   * Returns when the change at a {@link Place#position} is as durable as the store's durability
   * promises.
   */
  void acknowledge(long position) throws IOException;

  /** Whether {@link #acknowledge} would return at once. */
  boolean isAcknowledged(long position);

  /** The last sequence number given out; exact inside the gate, alone. */
  long lastSeq();

  /** The largest body that fits one record. */
  int maxBodyBytes();
}
