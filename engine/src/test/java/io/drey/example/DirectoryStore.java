package io.drey.example;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.drey.BlobStore;
import java.io.IOError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A store in a directory: a file for each frame, and one for the root.
 *
 * <p>A commit writes the new frames, under names that mean nothing yet, and the root under a
 * temporary one, and forces all of them. The rename of the root makes it the root; it is certain
 * when the directory has been forced. Only then are frames deleted.
 *
 * <p>What fails before the rename has not happened: the frames it left are files that no root
 * names, and a later life may write them again. Of a rename that fails, or is not forced, nobody
 * knows, so that is an error.
 */
final class DirectoryStore implements BlobStore {
  private final Path directory;
  private final Path root;

  DirectoryStore(Path directory) {
    this.directory = directory;
    this.root = directory.resolve("root");
  }

  @Override
  public MemorySegment root() {
    try {
      return Files.notExists(root) ? null : MemorySegment.ofArray(Files.readAllBytes(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(long id, MemorySegment frame) {
    try (FileChannel file = FileChannel.open(frame(id), READ)) {
      ByteBuffer target = frame.asByteBuffer();
      while (target.hasRemaining()) {
        if (file.read(target) < 0) {
          throw new IOException(frame(id) + " is too short");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void commit(Map<Long, MemorySegment> frames, long[] deleted, MemorySegment newRoot) {
    Path next = directory.resolve("root.tmp");
    try {
      for (Map.Entry<Long, MemorySegment> frame : frames.entrySet()) {
        write(frame(frame.getKey()), frame.getValue());
      }
      write(next, newRoot);
      force(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      Files.move(next, root, ATOMIC_MOVE);
      force(directory);
    } catch (IOException e) {
      throw new IOError(e);
    }
    for (long id : deleted) {
      try {
        Files.deleteIfExists(frame(id));
      } catch (IOException e) {
        // The commit has happened; a file that stays is only waste.
      }
    }
  }

  private static void write(Path path, MemorySegment bytes) throws IOException {
    try (FileChannel file = FileChannel.open(path, WRITE, CREATE, TRUNCATE_EXISTING)) {
      ByteBuffer source = bytes.asByteBuffer();
      while (source.hasRemaining()) {
        file.write(source);
      }
      file.force(true);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, READ)) {
      names.force(true);
    }
  }

  private Path frame(long id) {
    return directory.resolve("frame-" + id);
  }

  @Override
  public void close() {}
}
