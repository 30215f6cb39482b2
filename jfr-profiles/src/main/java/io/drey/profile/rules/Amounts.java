package io.drey.profile.rules;

import java.util.Arrays;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Numbers with units, as Mission Control prints them, and the results they stand in. */
final class Amounts {
  private Amounts() {}

  static TypedResult<IQuantity> count(String id, String name) {
    return new TypedResult<>(id, name, name, UnitLookup.NUMBER, IQuantity.class);
  }

  static TypedResult<IQuantity> share(String id, String name) {
    return new TypedResult<>(id, name, name, UnitLookup.PERCENTAGE, IQuantity.class);
  }

  static TypedResult<IQuantity> span(String id, String name) {
    return new TypedResult<>(id, name, name, UnitLookup.TIMESPAN, IQuantity.class);
  }

  static TypedResult<IQuantity> bytes(String id, String name) {
    return new TypedResult<>(id, name, name, UnitLookup.MEMORY, IQuantity.class);
  }

  static TypedResult<String> text(String id, String name) {
    return new TypedResult<>(id, name, name, UnitLookup.PLAIN_TEXT, String.class);
  }

  static IQuantity count(long number) {
    return UnitLookup.NUMBER_UNITY.quantity(number);
  }

  /** With one digit behind the point. */
  static IQuantity count(double number) {
    return UnitLookup.NUMBER_UNITY.quantity(Math.round(number * 10) / 10.0);
  }

  /** Of a share between 0 and 1, in whole percent. */
  static IQuantity share(double share) {
    return UnitLookup.PERCENT.quantity(Math.round(share * 100));
  }

  static IQuantity span(long nanos) {
    return UnitLookup.NANOSECOND.quantity(nanos);
  }

  static IQuantity bytes(long bytes) {
    return UnitLookup.BYTE.quantity(bytes);
  }

  static long nanosBetween(IQuantity from, IQuantity to) {
    return to.subtract(from).clampedLongValueIn(UnitLookup.NANOSECOND);
  }

  /** The value that {@code share} of {@code values} do not exceed; 0 of none. */
  static long quantile(long[] values, double share) {
    if (values.length == 0) {
      return 0;
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.min(sorted.length - 1L, (long) (share * sorted.length))];
  }
}
