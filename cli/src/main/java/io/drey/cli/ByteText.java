package io.drey.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Byte text: a string in which every character stands for one byte (ISO 8859-1).
 *
 * <p>Keys and file names are bytes and are never decoded. Everything between the command line and
 * the terminal carries them as byte text, which is exact under every locale, and messages built
 * from them come out as the bytes that went in.
 */
final class ByteText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private ByteText() {}

  static byte[] bytes(String byteText) {
    return byteText.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String of(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static String of(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
  }

  /** Byte text of a message that the platform decoded or a program wrote: its bytes here. */
  static String ofPlatform(String decoded) {
    if (isAscii(decoded)) {
      return decoded;
    }
    String name = System.getProperty("native.encoding", "UTF-8");
    return of(decoded.getBytes(Charset.forName(name)));
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static boolean isUtf8(byte[] bytes, int offset, int length) {
    int at = offset;
    while (at < offset + length && bytes[at] >= 0) {
      at++;
    }
    if (at == offset + length) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      text.append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
    }
    return text.toString();
  }

  /** {@code \n}, {@code \t}, {@code \\} and {@code \xHH} for all that is not printable ASCII. */
  static String escape(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length + 16);
    for (int i = offset; i < offset + length; i++) {
      byte b = bytes[i];
      switch (b) {
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        default -> {
          if (b >= ' ' && b < 0x7f) {
            text.append((char) b);
          } else {
            text.append("\\x").append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
          }
        }
      }
    }
    return text.toString();
  }

  /** The reverse of {@link #escape}; also takes {@code \0} and {@code \r}. */
  static byte[] unescape(String byteText) {
    StringBuilder bytes = new StringBuilder(byteText.length());
    int at = 0;
    while (at < byteText.length()) {
      char c = byteText.charAt(at++);
      if (c != '\\') {
        bytes.append(c);
        continue;
      }
      char kind = at < byteText.length() ? byteText.charAt(at++) : ' ';
      switch (kind) {
        case '\\' -> bytes.append('\\');
        case 'n' -> bytes.append('\n');
        case 't' -> bytes.append('\t');
        case 'r' -> bytes.append('\r');
        case '0' -> bytes.append('\0');
        case 'x' -> {
          bytes.append((char) (hexDigit(byteText, at) << 4 | hexDigit(byteText, at + 1)));
          at += 2;
        }
        default -> throw badEscape(byteText);
      }
    }
    return bytes(bytes.toString());
  }

  private static int hexDigit(String text, int index) {
    int digit = index < text.length() ? Character.digit(text.charAt(index), 16) : -1;
    if (digit < 0) {
      throw badEscape(text);
    }
    return digit;
  }

  private static CommandFailure badEscape(String text) {
    return new CommandFailure(
        ExitCode.USAGE,
        "bad escape in '" + text + "': use \\xHH, \\n, \\t, \\r, \\0 or \\\\ for a backslash");
  }
}
