package io.drey.engine.log;

import io.drey.Durability;
import io.drey.journal.Journal;
import java.io.IOException;

/**
 * Changes recorded in the journal: {@code SYNC} waits for a force, {@code OS} does not, {@code
 * NONE} takes sequence numbers and writes no record.
 */
public final class JournalLog implements MutationLog {
  private final Journal journal;
  private final Durability durability;
  private final int maxBodyBytes;

  public JournalLog(Journal journal, Durability durability, int maxBodyBytes) {
    this.journal = journal;
    this.durability = durability;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public void prepare(int bodyBytes) throws IOException {
    journal.prepare(bodyBytes);
  }

  @Override
  public boolean isPrepared(int bodyBytes) {
    if (durability == Durability.SYNC) {
      // WHY here: whoever asks is about to take latches, and meets the page fault before.
      journal.touch();
    }
    return journal.isPrepared(bodyBytes);
  }

  @Override
  public boolean isAcknowledged(long position) {
    return switch (durability) {
      case NONE -> true;
      case OS -> journal.isPublished(position);
      case SYNC -> false;
    };
  }

  @Override
  public boolean reserve(Place place, int bodyBytes, int seqCount, long epoch) {
    if (durability == Durability.NONE) {
      long first = journal.takeSeqs(seqCount, epoch);
      if (first != 0) {
        place.take(first);
      }
      return first != 0;
    }
    if (!journal.reserve(place.reservation, bodyBytes, seqCount, epoch)) {
      return false;
    }
    place.take(place.reservation.seq());
    return true;
  }

  @Override
  public long beginEpoch(long epoch) {
    return journal.beginEpoch(epoch);
  }

  @Override
  public void publish(Place place, int type, byte[] body, int length) {
    if (durability != Durability.NONE) {
      journal.publish(place.reservation, type, body, length);
    }
  }

  @Override
  public void publishVoid(Place place) {
    if (durability != Durability.NONE) {
      journal.publishVoid(place.reservation);
    }
  }

  @Override
  public void acknowledge(long position) throws IOException {
    switch (durability) {
      case NONE -> {}
      case OS -> journal.awaitPublished(position);
      case SYNC -> journal.awaitForced(position);
    }
  }

  @Override
  public long lastSeq() {
    return journal.lastSeq();
  }

  @Override
  public int maxBodyBytes() {
    return maxBodyBytes;
  }
}
