package io.drey.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory this machine, or the container the process runs in, has. */
final class PhysicalMemory {
  private static final long UNKNOWN = 1L << 30;

  private PhysicalMemory() {}

  /** In bytes; the smaller of machine and container. */
  static long bytes() {
    return Math.min(machineBytes(), containerBytes());
  }

  /**
   * WHY not the management bean at once: loading it costs more than the rest of a short command.
   */
  private static long machineBytes() {
    long kibibytes = number("/proc/meminfo", "MemTotal:");
    if (kibibytes > 0) {
      return kibibytes << 10;
    }
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return system.getTotalMemorySize();
    }
    return UNKNOWN;
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
