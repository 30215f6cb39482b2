package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An epoch parts what was reserved before it from what is reserved behind. */
final class EpochTest {
  private final TestJournal files = TestJournal.inMemory();
  private final Journal journal = files.start();
  private final Reservation reservation = new Reservation();

  EpochTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  private boolean reserve(long epoch) {
    boolean reserved = journal.reserve(reservation, 8, 1, epoch);
    if (reserved) {
      journal.publish(reservation, TestJournal.TYPE, new byte[8], 8);
    }
    return reserved;
  }

  @Test
  void beginsBehindTheLastNumberGivenOut() {
    assertTrue(reserve(0));

    assertEquals(reservation.seq(), journal.beginEpoch(1));
  }

  @Test
  void takesNothingForTheOneBefore() {
    long last = journal.beginEpoch(1);

    assertFalse(reserve(0));
    assertEquals(0, journal.takeSeqs(1, 0));
    assertEquals(last, journal.lastSeq());
    assertTrue(reserve(1));
    assertEquals(last + 1, reservation.seq());
  }

  @Test
  void takesWhatIsForAnyOne() {
    journal.beginEpoch(5);

    assertTrue(reserve(Journal.ANY_EPOCH));
    assertNotEquals(0, journal.takeSeqs(1, Journal.ANY_EPOCH));
  }

  @Test
  void beginsWithASwitch() throws IOException {
    journal.prepareSwitch();
    assertNotNull(journal.switchSegment(1, null));
    journal.publishSwitch();

    assertFalse(reserve(0));
    assertTrue(reserve(1));
  }

  @Test
  void beginsWithASwitchThatFindsNoSegmentToo() {
    assertNull(journal.switchSegment(1, null));

    assertFalse(reserve(0));
    assertTrue(reserve(1));
  }

  @Test
  void endsWhereTheLastOneDidWhenNothingLiesBetween() throws IOException {
    Switch first = TestJournal.switchSegment(journal);
    Switch again = Objects.requireNonNull(journal.switchSegment(1, first));
    journal.publishSwitch();

    assertEquals(first, again);
    assertTrue(reserve(1));
    assertTrue(reservation.position() >= first.end());
  }

  @Test
  void takesANewSegmentWhenSomethingLiesBetween() throws IOException {
    Switch first = TestJournal.switchSegment(journal);
    assertTrue(reserve(0));
    journal.prepareSwitch();
    Switch again = Objects.requireNonNull(journal.switchSegment(1, first));
    journal.publishSwitch();

    assertEquals(first.next().number() + 1, again.next().number());
    assertEquals(reservation.seq(), again.lastSeq());
  }

  @Test
  void isNotAcknowledgedBeforeTheSwitchIsPublished() throws IOException {
    journal.prepareSwitch();
    assertNotNull(journal.switchSegment(1, null));
    assertTrue(reserve(1));

    assertFalse(journal.isPublished(reservation.position()));
    journal.publishSwitch();
    assertTrue(journal.isPublished(reservation.position()));
  }
}
