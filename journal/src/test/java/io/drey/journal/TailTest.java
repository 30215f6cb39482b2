package io.drey.journal;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** An end record that cannot be stored. */
final class TailTest {
  private final TestJournal files = TestJournal.inMemory();
  private final SegmentSupply supply = new SegmentSupply(files.config, TestJournal.MANIFEST);
  private final Segment first = make(TestJournal.FIRST);
  private final Health health = new Health();
  private final Tail tail =
      new Tail(first, files.config.segmentBytes(), Journal.firstSeq(3), health, 0, () -> {});

  TailTest() throws IOException {
    tail.offerNext(make(TestJournal.FIRST.following()));
  }

  private Segment make(SegmentLink link) throws IOException {
    return supply.make(link, Journal.firstSeq(3), TestJournal.INCARNATION);
  }

  @Test
  void ofASwitchEndsTheJournalSoThatNobodyWaitsForIt() throws IOException {
    Switch parted = tail.switchSegment(1, null);
    assertNotNull(parted);
    first.close();

    assertThrows(IllegalStateException.class, tail::publishSwitch);

    assertTrue(health.hasFailed());
    assertFalse(tail.reserve(new Reservation(), 8, 1, 1));
    assertThrows(JournalFailedException.class, () -> tail.awaitPublished(parted.end() - 1));
  }
}
