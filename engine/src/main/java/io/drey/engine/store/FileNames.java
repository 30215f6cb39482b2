package io.drey.engine.store;

import java.util.List;
import java.util.OptionalLong;

/** The names of a store's files, and whose a name is. */
final class FileNames {
  static final String LOCK = "lock";
  static final String DATA = "data";
  static final String JOURNAL_PREFIX = "journal-";
  static final String TEMPORARY_SUFFIX = ".tmp";
  private static final String MANIFEST_PREFIX = "manifest-";

  private FileNames() {}

  /** {@code manifest-} and the number in decimal digits without leading zeros. */
  static String manifest(long number) {
    return MANIFEST_PREFIX + number;
  }

  /** What a manifest file is called until it is complete. */
  static String temporaryManifest(long number) {
    return manifest(number) + TEMPORARY_SUFFIX;
  }

  /** The number in a manifest file's name; empty = it is not the name of one. */
  static OptionalLong manifestNumber(String name) {
    if (!name.startsWith(MANIFEST_PREFIX)) {
      return OptionalLong.empty();
    }
    String digits = name.substring(MANIFEST_PREFIX.length());
    boolean plain = !digits.isEmpty() && digits.length() <= 18 && digits.charAt(0) != '0';
    for (int i = 0; i < digits.length(); i++) {
      plain &= digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return plain ? OptionalLong.of(Long.parseLong(digits)) : OptionalLong.empty();
  }

  static boolean isTemporaryManifest(String name) {
    return name.endsWith(TEMPORARY_SUFFIX)
        && manifestNumber(name.substring(0, name.length() - TEMPORARY_SUFFIX.length())).isPresent();
  }

  /** The manifest files in a listing, newest first. */
  static long[] manifestsNewestFirst(List<String> names) {
    return names.stream()
        .map(FileNames::manifestNumber)
        .flatMapToLong(OptionalLong::stream)
        .map(number -> -number)
        .sorted()
        .map(number -> -number)
        .toArray();
  }

  /** A number that no manifest file in the listing has, complete or temporary, above them all. */
  static long nextManifest(List<String> names) {
    return names.stream()
            .map(name ->
                name.endsWith(TEMPORARY_SUFFIX)
                    ? name.substring(0, name.length() - TEMPORARY_SUFFIX.length())
                    : name)
            .map(FileNames::manifestNumber)
            .flatMapToLong(OptionalLong::stream)
            .reduce(0, Math::max)
        + 1;
  }
}
