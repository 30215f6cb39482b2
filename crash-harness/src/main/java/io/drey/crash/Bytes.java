package io.drey.crash;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** An immutable byte string: equal by content, ordered as unsigned bytes. */
public final class Bytes implements Comparable<Bytes> {
  private static final int SHOWN = 48;

  private final byte[] content;
  private final int hash;

  private Bytes(byte[] content) {
    this.content = content;
    this.hash = Arrays.hashCode(content);
  }

  /** A copy of {@code content}. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** The characters of {@code text}, none above 255, as one byte each. */
  public static Bytes of(String text) {
    return new Bytes(text.getBytes(ISO_8859_1));
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The bytes themselves, not to be changed. */
  byte[] content() {
    return content;
  }

  public int length() {
    return content.length;
  }

  public boolean startsWith(Bytes prefix) {
    return content.length >= prefix.content.length
        && Arrays.equals(
            content, 0, prefix.content.length, prefix.content, 0, prefix.content.length);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** Printable ASCII as it is, other bytes as {@code \xNN}; long strings are cut. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(content.length, SHOWN); i++) {
      int b = content[i] & 0xFF;
      if (b > ' ' && b < 0x7F && b != '\\') {
        text.append((char) b);
      } else {
        text.append("\\x%02x".formatted(b));
      }
    }
    if (content.length > SHOWN) {
      text.append("... (").append(content.length).append(" bytes)");
    }
    return text.toString();
  }
}
