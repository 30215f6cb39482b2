package io.drey.journal;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file name of a segment: {@code journal-} and the number as 16 decimal digits. */
final class SegmentName {

  private static final Pattern NAME = Pattern.compile("journal-(\\d{16})");

  private SegmentName() {}

  static String of(long number) {
    return String.format(Locale.ROOT, "journal-%016d", number);
  }

  /** The number in {@code fileName}; empty if it is not the name of a segment. */
  static OptionalLong number(String fileName) {
    Matcher matcher = NAME.matcher(fileName);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
