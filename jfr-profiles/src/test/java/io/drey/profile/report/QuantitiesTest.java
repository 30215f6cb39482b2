package io.drey.profile.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers for people. */
final class QuantitiesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 ns",
    "999, 999 ns",
    "1000, 1.00 us",
    "9996, 10.0 us",
    "99960, 100 us",
    "999600, 1.00 ms",
    "59400000000, 59.4 s",
    "7200000000000, 7200 s"
  })
  void haveThreeDigitsAndAUnit(long nanos, String shown) {
    assertEquals(shown, Quantities.nanos(nanos));
  }

  @Test
  void ofBytesGoByPowersOfTwo() {
    assertEquals("512 KiB", Quantities.bytes(512 << 10));
    assertEquals("1.00 GiB", Quantities.bytes(1 << 30));
  }
}
