package io.drey.engine.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.Check;
import io.drey.CorruptionException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class PinsTest {
  private static final int OFTEN = 10_000;

  @Nested
  final class ABlobThatIsGone {
    @Test
    void isDamageWhenWalksLeadToItForEver() {
      Pins pins = new Pins();
      for (int i = 0; i < OFTEN; i++) {
        pins.gone(7);
      }
      CorruptionException damage = assertThrows(CorruptionException.class, () -> pins.gone(7));
      assertEquals(Check.EDGE_TARGET, damage.check());
      assertEquals(7, damage.blob());
    }

    @Test
    void isNoneWhenWalksGoElsewhereInBetween() {
      Pins pins = new Pins();
      for (int i = 0; i < 2 * OFTEN; i++) {
        pins.gone(i % OFTEN == 0 ? 8 : 7);
      }
    }
  }
}
