package io.drey.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line and the environment as byte text.
 *
 * <p>The launcher of the virtual machine decodes arguments by the locale, which loses bytes: under
 * {@code LC_ALL=POSIX} every byte above 127. Linux keeps the bytes in {@code /proc/self}, so they
 * are taken from there; elsewhere the decoded arguments are encoded again.
 */
final class NativeArguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
  private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

  private NativeArguments() {}

  /** The arguments of {@code main} as byte text, as many as it was given. */
  static String[] of(String[] decoded) {
    if (areAscii(decoded)) {
      return decoded;
    }
    List<String> line = split(COMMAND_LINE);
    String[] exact = new String[decoded.length];
    int skipped = line.size() - decoded.length;
    for (int i = 0; i < decoded.length; i++) {
      String candidate = skipped >= 0 ? line.get(skipped + i) : "";
      boolean same = !ByteText.isAscii(candidate) || candidate.equals(decoded[i]);
      exact[i] = skipped >= 0 && same ? candidate : reencoded(decoded[i]);
    }
    return exact;
  }

  /** The value of an environment variable as byte text; null = not set or empty. */
  static @Nullable String environment(String name) {
    String decoded = System.getenv(name);
    if (decoded == null || decoded.isEmpty()) {
      return null;
    }
    if (isExact(decoded)) {
      return decoded;
    }
    for (String variable : split(ENVIRONMENT)) {
      if (variable.startsWith(name + "=")) {
        return variable.substring(name.length() + 1);
      }
    }
    return reencoded(decoded);
  }

  private static boolean areAscii(String[] decoded) {
    for (String argument : decoded) {
      if (!isExact(argument)) {
        return false;
      }
    }
    return true;
  }

  /** WHY the question mark: it is what some locales put in the place of a byte above 127. */
  private static boolean isExact(String decoded) {
    return ByteText.isAscii(decoded) && decoded.indexOf('?') < 0;
  }

  private static List<String> split(Path file) {
    List<String> parts = new ArrayList<>();
    try {
      String text = ByteText.of(Files.readAllBytes(file));
      int start = 0;
      for (int end = text.indexOf('\0'); end >= 0; end = text.indexOf('\0', start)) {
        parts.add(text.substring(start, end));
        start = end + 1;
      }
    } catch (IOException e) {
      parts.clear();
    }
    return parts;
  }

  private static String reencoded(String decoded) {
    String name = System.getProperty("sun.jnu.encoding");
    Charset charset = name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    return ByteText.of(decoded.getBytes(charset));
  }
}
