package io.drey.profile.report;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as a person reads them, with three digits and a unit. */
final class Quantities {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
  private static final String[] TIMES = {"ns", "us", "ms", "s"};
  private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};
  private static final int KIBI = 1024;
  private static final int KILO = 1000;

  private Quantities() {}

  static String nanos(long nanos) {
    return scaled(nanos, KILO, TIMES);
  }

  static String bytes(long bytes) {
    return scaled(bytes, KIBI, SIZES);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A share from 0 to 1. */
  static String share(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** The time of day here. */
  static String clock(Instant instant) {
    return CLOCK.format(instant.atZone(ZoneId.systemDefault()));
  }

  private static String scaled(long amount, int step, String[] units) {
    double left = amount;
    int unit = 0;
    // Three digits are shown: 999.6 would become 1000.
    while (Math.abs(left) >= step - 0.5 && unit < units.length - 1) {
      left /= step;
      unit++;
    }
    int decimals = unit == 0 || Math.abs(left) >= 99.95 ? 0 : Math.abs(left) >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", left, units[unit]);
  }
}
