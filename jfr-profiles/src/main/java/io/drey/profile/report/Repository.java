package io.drey.profile.report;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a process keeps its recording while it runs: a directory with a file for each chunk, which
 * outlives a kill.
 *
 * <p>The last chunk of a killed process has no end, and readers of files refuse it. Up to its last
 * flush it is complete, so a copy is cut there and said to be finished.
 */
final class Repository {
  private static final String CHUNK = ".jfr";
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path directory;
  private final List<Path> chunks;

  private Repository(Path directory, List<Path> chunks) {
    this.directory = directory;
    this.chunks = chunks;
  }

  /**
   * The repository in {@code directory}: its chunks, or those of the newest directory below it that
   * has any, as a process makes one in the directory that its option {@code repository} names.
   */
  static Repository at(Path directory) throws IOException {
    List<Path> own = chunksIn(directory);
    if (!own.isEmpty()) {
      return new Repository(directory, own);
    }
    try (Stream<Path> inner = Files.list(directory)) {
      // Their names begin with the time of their making.
      Optional<Path> newest =
          inner.filter(Files::isDirectory).sorted().reduce(Repository::laterWithChunks);
      if (newest.isPresent()) {
        List<Path> found = chunksIn(newest.get());
        if (!found.isEmpty()) {
          return new Repository(newest.get(), found);
        }
      }
    }
    throw new NoSuchFileException(directory.toString(), null, "no recording in this directory");
  }

  /** Where the chunks are. */
  Path directory() {
    return directory;
  }

  /** Writes all chunks to {@code target}, as one recording; returns what is missing of it. */
  List<String> assemble(Path target) throws IOException {
    List<String> notes = new ArrayList<>();
    try (OutputStream out = Files.newOutputStream(target)) {
      for (Path chunk : chunks) {
        ChunkHeader header = ChunkHeader.read(chunk);
        if (header == null || !header.isReadable()) {
          notes.add(
              chunk.getFileName()
                  + " was left out: its process had flushed nothing to it, or was flushing");
        } else {
          copy(chunk, header, out);
          if (header.state() != ChunkHeader.FINISHED) {
            notes.add(
                "the recording was not ended: what happened after its last flush, which is made"
                    + " every second, is missing");
          }
        }
      }
    }
    return notes;
  }

  private static Path laterWithChunks(Path earlier, Path later) {
    try {
      return chunksIn(later).isEmpty() ? earlier : later;
    } catch (IOException e) {
      return earlier; // not a directory that this process may read
    }
  }

  private static List<Path> chunksIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = new ArrayList<>();
      for (Path file : files.sorted(Repository::byAge).toList()) {
        if (file.toString().endsWith(CHUNK) && Files.size(file) > 0) {
          found.add(file);
        }
      }
      return found;
    }
  }

  /** The names are times; those of one second differ by a number behind: the first has none. */
  private static int byAge(Path a, Path b) {
    return stem(a).compareTo(stem(b));
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(CHUNK) ? name.substring(0, name.length() - CHUNK.length()) : name;
  }

  private static void copy(Path chunk, ChunkHeader header, OutputStream out) throws IOException {
    byte[] head = header.finished();
    out.write(head);
    long left = header.size() - head.length;
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(chunk)) {
      in.skipNBytes(head.length);
      while (left > 0) {
        int got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (got < 0) {
          throw new EOFException(chunk.getFileName() + " is shorter than it says");
        }
        out.write(buffer, 0, got);
        left -= got;
      }
    }
  }
}
