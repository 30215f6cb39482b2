package io.drey.journal;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Knows what of the files of one directory is on stable storage, and makes directories that a power
 * cut could leave: every sector that was stored to since its last force, and every name since the
 * last force of the directory, is the old or the new one, independent of all others.
 */
final class PowerCut implements WatchedVfs.Watch {

  private static final int SECTOR = 512;

  /** A file apart from its name. */
  private static final class Content {
    byte[] durable = new byte[0];
  }

  private final Vfs memory;
  private final Map<Path, Content> names = new TreeMap<>();
  private Map<Path, Content> durableNames = new TreeMap<>();

  PowerCut(Vfs memory) {
    this.memory = memory;
  }

  @Override
  public synchronized void before(WatchedVfs.Call call, Path path, long from, long to)
      throws IOException {
    switch (call) {
      case CREATE -> names.put(path, new Content());
      case DELETE -> names.remove(path);
      case DIRECTORY_FORCE -> durableNames = new TreeMap<>(names);
      case FORCE -> content(path).durable = bytes(path);
      case REGION_FORCE -> {
        byte[] durable = content(path).durable;
        System.arraycopy(bytes(path), (int) from, durable, (int) from, (int) (to - from));
      }
      case WRITE, RENAME -> {}
    }
  }

  @Override
  public synchronized void renaming(Path from, Path to) {
    names.put(to, names.remove(from));
  }

  private Content content(Path path) {
    Content content = names.get(path);
    if (content == null) {
      throw new AssertionError("no such file: " + path);
    }
    return content;
  }

  private byte[] bytes(Path path) throws IOException {
    return TestJournal.read(memory, path);
  }

  /** One of the directories a power cut at this moment could leave. */
  synchronized TestJournal cut(Random random) throws IOException {
    TestJournal left = TestJournal.inMemory();
    boolean mixed = random.nextBoolean();
    Set<Path> all = new TreeSet<>(names.keySet());
    all.addAll(durableNames.keySet());
    for (Path path : all) {
      Content content = (random.nextBoolean() ? names : durableNames).get(path);
      if (content != null) {
        write(left.vfs, path, mix(content.durable, now(content), mixed, random));
      }
    }
    return left;
  }

  /** The bytes of the file as it is now; null if it has lost its name, or gets it just now. */
  private byte @Nullable [] now(Content content) throws IOException {
    for (Map.Entry<Path, Content> file : names.entrySet()) {
      if (file.getValue() == content) {
        try {
          return bytes(file.getKey());
        } catch (NoSuchFileException e) {
          return null; // the journal's own thread renames it: a cut may leave what was forced
        }
      }
    }
    return null;
  }

  private static byte[] mix(byte[] durable, byte @Nullable [] now, boolean mixed, Random random) {
    if (now == null) {
      return durable;
    }
    byte[] bytes = Arrays.copyOf(durable, Math.max(durable.length, now.length));
    boolean all = random.nextBoolean();
    for (int at = 0; at < now.length; at += SECTOR) {
      if (mixed ? random.nextBoolean() : all) {
        System.arraycopy(now, at, bytes, at, Math.min(SECTOR, now.length - at));
      }
    }
    return bytes;
  }

  private static void write(Vfs vfs, Path path, byte[] bytes) throws IOException {
    try (StorageFile file = vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      file.write(0, MemorySegment.ofArray(bytes));
    }
  }
}
