package io.drey.engine.log;

import io.drey.journal.Reservation;

/**
 * The place one change takes in the order of all changes. Reusable, of one writer at a time: from
 * {@link MutationLog#reserve} to the publication.
 */
public final class Place {
  final Reservation reservation = new Reservation();
  private long seq;

  void take(long first) {
    seq = first;
  }

  /** The first sequence number of the change. */
  public long seq() {
    return seq;
  }

  /** Where the change's record lies, for {@link MutationLog#acknowledge}. */
  public long position() {
    return reservation.position();
  }
}
