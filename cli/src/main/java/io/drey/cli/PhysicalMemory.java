package io.drey.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory this machine, or the container the process runs in, has.
 *
 * <p>WHY not the management bean: loading it costs more than the rest of a short command.
 */
final class PhysicalMemory {
  /** Of a system that does not say. */
  private static final long UNKNOWN = 1L << 30;

  private PhysicalMemory() {}

  /** In bytes; the smaller of machine and container. */
  static long bytes() {
    return Math.min(machineBytes(), containerBytes());
  }

  private static long machineBytes() {
    long kibibytes = number("/proc/meminfo", "MemTotal:");
    return kibibytes > 0 ? kibibytes << 10 : UNKNOWN;
  }

  private static long containerBytes() {
    long limit = number("/sys/fs/cgroup/memory.max", "");
    return limit > 0 ? limit : Long.MAX_VALUE;
  }

  /** The first number behind {@code label}; -1 = no such file, label or number. */
  private static long number(String file, String label) {
    String text;
    try {
      text = Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return -1;
    }
    int at = text.indexOf(label);
    if (at < 0) {
      return -1;
    }
    at += label.length();
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    int end = at;
    while (end < text.length() && end < at + 18 && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end == at ? -1 : Long.parseLong(text, at, end, 10);
  }
}
