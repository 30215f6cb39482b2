package io.drey.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The records of a workload, by number. Keys and values are computed anew by each call; records
 * beyond {@link #size} exist too, where the set is a formula.
 */
sealed interface DataSet permits ObjectStoreSet, FileSystemSet, RandomSet, PathListSet {
  /** The name by which the set is asked for, and reported. */
  String name();

  /** How many records are loaded. */
  int size();

  byte[] key(int record);

  byte[] value(int record);

  /** What is listed beside {@code key}: up to and with its last slash. */
  default byte[] directory(byte[] key) {
    return upToSlash(key, key.length);
  }

  /** What is rolled up at slashes for a record, or null when the set knows no directories. */
  byte @Nullable [] rollupPrefix(int record);

  /** Whether a record numbered {@link #size} or higher has a key of its own. */
  default boolean isEndless() {
    return true;
  }

  /**
   * Returns a set.
   *
   * @param name objstore, fs, kv or real
   * @param size how many records; for real at most as many as there are paths, 0 for all
   * @param paths the file of paths, one a line, perhaps compressed by gzip; for real alone
   */
  static DataSet of(String name, int size, @Nullable Path paths) throws IOException {
    return switch (name) {
      case "objstore" -> new ObjectStoreSet(size);
      case "fs" -> new FileSystemSet(size);
      case "kv" -> new RandomSet(size);
      case "real" -> {
        if (paths == null) {
          throw new IllegalArgumentException("the data set real needs a file of paths");
        }
        yield new PathListSet(lines(paths, size == 0 ? Integer.MAX_VALUE : size));
      }
      default -> throw new IllegalArgumentException("no data set is named " + name);
    };
  }

  /** Returns the beginning of {@code key} up to and with the last slash before {@code end}. */
  static byte[] upToSlash(byte[] key, int end) {
    int length = end;
    while (length > 0 && key[length - 1] != '/') {
      length--;
    }
    return Arrays.copyOf(key, length);
  }

  private static List<byte[]> lines(Path file, int most) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    try (InputStream input = decompressed(file)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = input.read(); b >= 0 && lines.size() < most; b = input.read()) {
        if (b == '\n') {
          lines.add(line.toByteArray());
          line.reset();
        } else {
          line.write(b);
        }
      }
      if (line.size() > 0 && lines.size() < most) {
        lines.add(line.toByteArray());
      }
    }
    return lines;
  }

  private static InputStream decompressed(Path file) throws IOException {
    BufferedInputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    input.mark(2);
    boolean gzip = input.read() == 0x1f && input.read() == 0x8b;
    input.reset();
    return gzip ? new BufferedInputStream(new GZIPInputStream(input, 1 << 16), 1 << 16) : input;
  }
}
