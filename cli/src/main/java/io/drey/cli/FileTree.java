package io.drey.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks the regular files, directories and symbolic links below a directory, that one included,
 * without leaving its file system: what {@code find DIR -xdev \( -type f -o -type d -o -type l \)}
 * lists.
 *
 * <p>A mount point is listed and not entered. Symbolic links are not followed. What vanishes during
 * the walk is passed over; what cannot be read becomes a problem, and the walk goes on. One thread.
 */
final class FileTree {
  private static final String ATTRIBUTES = "unix:mode,dev,uid,gid,size,lastModifiedTime";

  /** Takes the files found, parents first, the names of a directory in the order of their bytes. */
  interface Visitor {
    /** {@code key} is the absolute path, with a slash at its end for a directory. */
    void file(byte[] key, FileRecord record) throws IOException;

    /** Whether the walk is to end here. */
    boolean stopped();
  }

  /** A directory on the way down: its key and what is left of its names. */
  private static final class Level {
    final byte[] key;
    final Iterator<Path> names;

    Level(byte[] key, Iterator<Path> names) {
      this.key = key;
      this.names = names;
    }
  }

  private final Visitor visitor;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();
  private long device;

  private FileTree(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Walks from {@code start}, absolute and normalised; returns the problems met, as byte text. */
  static List<String> walk(Path start, Visitor visitor) throws IOException {
    FileTree tree = new FileTree(visitor);
    Map<String, Object> attributes = attributes(start);
    tree.device = number(attributes, "dev");
    tree.found(start, BytePaths.bytes(start), attributes);
    while (!tree.levels.isEmpty() && !visitor.stopped()) {
      Level level = tree.levels.getLast();
      if (level.names.hasNext()) {
        Path child = level.names.next();
        tree.lookAt(child, concat(level.key, BytePaths.nameBytes(child)));
      } else {
        tree.levels.removeLast();
      }
    }
    return tree.problems;
  }

  private void lookAt(Path path, byte[] key) throws IOException {
    Map<String, Object> attributes;
    try {
      attributes = attributes(path);
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      problem(key, e);
      return;
    }
    found(path, key, attributes);
  }

  private void found(Path path, byte[] key, Map<String, Object> attributes) throws IOException {
    FileRecord record = record(attributes);
    switch (record.type()) {
      case FileRecord.REGULAR, FileRecord.SYMBOLIC_LINK -> visitor.file(key, record);
      case FileRecord.DIRECTORY -> {
        byte[] slashed = key.length == 1 ? key : concat(key, new byte[] {'/'});
        visitor.file(slashed, record);
        if (number(attributes, "dev") == device) {
          enter(path, slashed);
        }
      }
      default -> {
        // Devices, pipes and sockets hold no data.
      }
    }
  }

  private void enter(Path directory, byte[] key) {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path name : stream) {
        names.add(name);
      }
    } catch (DirectoryIteratorException e) {
      problem(key, e.getCause());
    } catch (NoSuchFileException | NotDirectoryException e) {
      return;
    } catch (IOException e) {
      problem(key, e);
    }
    names.sort(null);
    levels.addLast(new Level(key, names.iterator()));
  }

  private void problem(byte[] key, @Nullable IOException failure) {
    String reason = failure == null ? "unreadable" : FailureReport.reason(failure);
    problems.add(ByteText.of(key) + ": " + ByteText.ofPlatform(reason));
  }

  private static Map<String, Object> attributes(Path path) throws IOException {
    return Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileRecord record(Map<String, Object> attributes) {
    FileTime time = (FileTime) attributes.get("lastModifiedTime");
    Instant modified = time == null ? Instant.EPOCH : time.toInstant();
    return new FileRecord(
        number(attributes, "size"),
        modified.getEpochSecond(),
        (int) number(attributes, "mode"),
        (int) number(attributes, "uid"),
        (int) number(attributes, "gid"),
        modified.getNano());
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    ByteBuffer.wrap(both).position(first.length).put(second);
    return both;
  }
}
