package io.drey.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Paths from bytes and back, exact under every locale.
 *
 * <p>A path of the default file system holds bytes, but its string is decoded by the locale and
 * loses what the locale does not know. Its URI names the bytes: that is the way in and out.
 */
final class BytePaths {
  private static final String UNESCAPED =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/.-_";
  private static final Path SELF_DIRECTORY = Path.of("/proc/self/cwd");

  private BytePaths() {}

  /** The absolute, normalised path that byte text names. */
  static Path absolute(String byteText) {
    if (byteText.startsWith("/") && !ByteText.isAscii(byteText)) {
      return ofUri(byteText).normalize();
    }
    Path here = workingDirectory();
    if (ByteText.isAscii(byteText)) {
      return here.resolve(byteText).normalize();
    }
    return ofUri(ByteText.of(bytes(here)) + "/" + byteText).normalize();
  }

  /** All bytes of an absolute path, without a slash at its end unless it is the root. */
  static byte[] bytes(Path absolute) {
    String text = absolute.toString();
    if (ByteText.isAscii(text)) {
      return ByteText.bytes(text);
    }
    String raw = absolute.toUri().getRawPath();
    byte[] bytes = new byte[raw.length()];
    int length = 0;
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '%') {
        bytes[length++] = (byte) Integer.parseInt(raw, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) raw.charAt(i);
      }
    }
    if (length > 1 && bytes[length - 1] == '/') {
      length--;
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The bytes of the last name of an absolute path other than the root. */
  static byte[] nameBytes(Path absolute) {
    Path name = absolute.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("the root has no name");
    }
    String text = name.toString();
    if (ByteText.isAscii(text)) {
      return ByteText.bytes(text);
    }
    byte[] all = bytes(absolute);
    int start = all.length;
    while (all[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(all, start, all.length);
  }

  private static Path workingDirectory() {
    try {
      return Files.readSymbolicLink(SELF_DIRECTORY);
    } catch (IOException | UnsupportedOperationException e) {
      return Path.of("").toAbsolutePath();
    }
  }

  private static Path ofUri(String absoluteByteText) {
    StringBuilder uri = new StringBuilder("file:///");
    int from = 0;
    while (from < absoluteByteText.length() && absoluteByteText.charAt(from) == '/') {
      from++;
    }
    for (int i = from; i < absoluteByteText.length(); i++) {
      char c = absoluteByteText.charAt(i);
      if (UNESCAPED.indexOf(c) >= 0) {
        uri.append(c);
      } else {
        uri.append('%')
            .append(Integer.toHexString(0x100 | c).substring(1).toUpperCase(Locale.ROOT));
      }
    }
    return Path.of(URI.create(uri.toString()));
  }
}
