package io.drey.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes: a number, or one followed by {@code k}, {@code m} or {@code g}. */
final class SizeConverter implements ITypeConverter<Long> {
  @Override
  public Long convert(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    int shift = shift(text, digits);
    if (digits == 0 || digits > 18 || shift < 0) {
      throw notASize(text);
    }
    long number = Long.parseLong(text, 0, digits, 10);
    if (number > Long.MAX_VALUE >> shift) {
      throw notASize(text);
    }
    return number << shift;
  }

  private static TypeConversionException notASize(String text) {
    return new TypeConversionException(
        "'" + text + "' is not a size such as 64m, 1g or 1073741824");
  }

  private static int shift(String text, int digits) {
    if (digits == text.length()) {
      return 0;
    }
    if (digits != text.length() - 1) {
      return -1;
    }
    return switch (text.charAt(digits)) {
      case 'k', 'K' -> 10;
      case 'm', 'M' -> 20;
      case 'g', 'G' -> 30;
      default -> -1;
    };
  }
}
