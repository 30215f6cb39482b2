package io.drey.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Places that are promised to changes: nobody else gets them. */
final class PlacesTest {
  @Test
  void arePromisedOnceEach() {
    try (Places places = new Places()) {
      int free = places.free();

      assertTrue(places.promise(free - 2, 2));
      assertFalse(places.promise(1, 2), "none is left beside the two");

      assertEquals(2, places.free());
      places.endPromise(free - 2);
      assertEquals(free, places.free());
    }
  }

  @Test
  void thatArePromisedGoToNobodyElse() {
    try (Places places = new Places()) {
      int free = places.free();
      assertTrue(places.promise(free - 1, 1));

      assertNotNull(places.takeUnpromised());
      assertNull(places.takeUnpromised());

      int count = places.count();
      for (int i = 0; i < free - 1; i++) {
        places.take();
      }
      assertEquals(count, places.count(), "the promise was kept within what there was");
    }
  }
}
