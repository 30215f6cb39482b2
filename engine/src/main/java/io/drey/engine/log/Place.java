package io.drey.engine.log;

import io.drey.journal.Reservation;

/** The place one change takes in the order of all changes. One thread, one change. */
public final class Place {
  final Reservation reservation = new Reservation();
  private long seq;
  private boolean taken;

  void take(long first) {
    seq = first;
    taken = true;
  }

  /** The first sequence number of the change. */
  public long seq() {
    return seq;
  }

  /** Whether the change has its sequence numbers, and so will be published. */
  public boolean isTaken() {
    return taken;
  }
}
