package io.drey.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What a process takes, in memory and on disk. */
final class Footprint {
  private static final long MEGABYTE = 1 << 20;
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path IO = Path.of("/proc/self/io");

  private Footprint() {}

  /** Megabytes of memory that are resident, or -1 where the system does not tell. */
  static long residentMegabytes() throws IOException {
    return field(STATUS, "VmRSS:") < 0 ? -1 : field(STATUS, "VmRSS:") * 1_024 / MEGABYTE;
  }

  /** Bytes that this process had read from disks, or -1 where the system does not tell. */
  static long bytesRead() throws IOException {
    return field(IO, "read_bytes:");
  }

  /** Megabytes of the files below a directory; 0 when there is none. */
  static long diskMegabytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path path : below(directory)) {
      bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
    }
    return bytes / MEGABYTE;
  }

  /** Deletes a directory and all below it, if it is there. */
  static void delete(Path directory) throws IOException {
    for (Path path : below(directory)) {
      Files.deleteIfExists(path);
    }
  }

  /** All below a directory and itself, the deepest first. */
  private static List<Path> below(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      return walk.sorted(Comparator.reverseOrder()).toList();
    }
  }

  private static long field(Path file, String name) throws IOException {
    if (!Files.isReadable(file)) {
      return -1;
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    return -1;
  }
}
