package io.drey.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Numbers without records, in epochs. */
final class CountingLogTest {
  private static final long FIRST = 7L << 40 | 1;

  private final CountingLog log = new CountingLog(FIRST, 100);
  private final Place place = new Place();

  @Test
  void countsFromTheFirstNumberOn() {
    assertEquals(FIRST - 1, log.lastSeq());
    assertTrue(log.reserve(place, 0, 3, 0));
    assertEquals(FIRST, place.seq());
    assertTrue(log.reserve(place, 0, 1, 0));
    assertEquals(FIRST + 3, place.seq());
    assertEquals(FIRST + 3, log.lastSeq());
  }

  @Test
  void anEpochTakesNothingForTheOneBefore() {
    assertTrue(log.reserve(place, 0, 1, 0));
    assertEquals(FIRST, log.beginEpoch(1));

    assertFalse(log.reserve(place, 0, 1, 0));
    assertTrue(log.reserve(place, 0, 1, 1));
    assertTrue(place.seq() > FIRST, "a number behind the end of the epoch before");
  }

  @Test
  void givesOutNoNumberOfTheNextOpening() {
    int many = Integer.MAX_VALUE;
    long last = 0;
    IllegalStateException usedUp = null;
    for (int i = 0; i < 512 && usedUp == null; i++) {
      try {
        assertTrue(log.reserve(place, 0, many, 0));
        last = place.seq() + many;
      } catch (IllegalStateException e) {
        usedUp = e;
      }
    }

    assertNotNull(usedUp);
    assertTrue(last < FIRST + (1L << 40));
    assertThrows(IllegalStateException.class, () -> log.reserve(place, 0, 1, 0));
  }

  @Test
  void goesOnWhereTheBitsOfTheEpochBeginAnew() {
    long large = (1L << 24) - 1;
    assertTrue(log.reserve(place, 0, 5, 0));
    log.beginEpoch(large);
    assertTrue(log.reserve(place, 0, 5, large));

    assertEquals(FIRST + 9, log.beginEpoch(large + 1));
    assertFalse(log.reserve(place, 0, 1, large));
    assertTrue(log.reserve(place, 0, 1, large + 1));
    assertTrue(place.seq() > FIRST + 9);
  }
}
