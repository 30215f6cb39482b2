package io.drey;

/**
 * Keys and values as text for people: printable ASCII as it is, everything else escaped, long ones
 * cut. The text is for messages alone and cannot be turned back.
 */
final class KeyText {
  /** The longest text, without quotes and the note of what was cut. */
  static final int CHARACTERS_MAX = 80;

  private static final String HEX = "0123456789abcdef";

  private KeyText() {}

  /** Returns {@code bytes} in double quotes, cut after {@link #CHARACTERS_MAX} characters. */
  static String of(byte[] bytes) {
    StringBuilder text = new StringBuilder(CHARACTERS_MAX + 24).append('"');
    int shown = 0;
    while (shown < bytes.length) {
      int before = text.length();
      append(text, bytes[shown]);
      if (text.length() > CHARACTERS_MAX + 1) {
        text.setLength(before);
        break;
      }
      shown++;
    }
    text.append('"');
    if (shown < bytes.length) {
      text.append("... (").append(bytes.length).append(" bytes)");
    }
    return text.toString();
  }

  private static void append(StringBuilder text, byte b) {
    switch (b) {
      case '\\' -> text.append("\\\\");
      case '"' -> text.append("\\\"");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> {
        if (b >= 0x20 && b < 0x7f) {
          text.append((char) b);
        } else {
          text.append("\\x").append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
        }
      }
    }
  }
}
