package io.drey.vfs;

import com.sun.nio.file.ExtendedOpenOption;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operating system's files. Without state: every instance is the same file system. */
final class DiskVfs implements Vfs {
  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    try {
      while (true) {
        FileIdentity before = mode == OpenMode.CREATE_NEW ? null : existing(file);
        AsynchronousFileChannel anchor = AsynchronousFileChannel.open(file, options(mode), null);
        StorageFile opened = null;
        try {
          FileIdentity identity = FileIdentity.of(file);
          // Else another file got the name between the two, and the anchor has one of them.
          if (before == null || before.equals(identity)) {
            opened = complete(file, identity, mode, caching, anchor);
          }
        } finally {
          if (opened == null) {
            anchor.close();
          }
        }
        if (opened != null) {
          return opened;
        }
      }
    } catch (IOException e) {
      throw FileFailure.naming(file, e);
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (DirectoryIteratorException e) {
      throw FileFailure.naming(directory, Objects.requireNonNull(e.getCause()));
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(directory, Set.of(StandardOpenOption.READ), null)) {
      channel.force(true);
    } catch (IOException e) {
      throw FileFailure.naming(directory, e);
    }
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    try {
      return LeaseRegistry.take(file, kind);
    } catch (IOException e) {
      throw FileFailure.naming(file, e);
    }
  }

  private static FileIdentity existing(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw FileFailure.of(file, "not a regular file");
    }
    FileIdentity identity = FileIdentity.of(file, attributes);
    if (LeaseRegistry.holds(identity)) {
      // Closing a second descriptor would drop the lock (INVARIANT V3).
      throw FileFailure.of(file, "leased as a lock file by this process");
    }
    return identity;
  }

  private static Set<OpenOption> options(OpenMode mode) {
    return switch (mode) {
      case READ -> Set.of(StandardOpenOption.READ);
      case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
      case CREATE_NEW ->
          Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    };
  }

  /** Opens what else the file needs, as the very file the anchor has. Null if it lost its name. */
  private static @Nullable StorageFile complete(
      Path file,
      FileIdentity identity,
      OpenMode mode,
      Caching asked,
      AsynchronousFileChannel anchor)
      throws IOException {
    Set<OpenOption> options = options(mode == OpenMode.CREATE_NEW ? OpenMode.WRITE : mode);
    if (asked == Caching.DIRECT) {
      Set<OpenOption> direct = new HashSet<>(options);
      direct.add(ExtendedOpenOption.DIRECT);
      FileChannel working = openDirect(file, identity, direct);
      if (working != null) {
        InterruptSafeChannel channel =
            new InterruptSafeChannel(file, identity, direct, anchor, working);
        return new DiskFile(file, mode, asked, Caching.DIRECT, channel, null);
      }
    }
    FileChannel working = InterruptSafeChannel.openSame(file, identity, options);
    if (working == null) {
      return null;
    }
    StorageFile opened = null;
    try {
      FileChannel mapper = null;
      if (asked == Caching.BUFFERED) {
        mapper = InterruptSafeChannel.openSame(file, identity, options);
        if (mapper == null) {
          return null;
        }
      }
      InterruptSafeChannel channel =
          new InterruptSafeChannel(file, identity, options, anchor, working);
      opened = new DiskFile(file, mode, asked, Caching.BUFFERED, channel, mapper);
      return opened;
    } finally {
      if (opened == null) {
        working.close();
      }
    }
  }

  /**
   * A direct channel that has proved itself by one aligned read, or null where the file system
   * refuses: some refuse the opening, some the transfer, some ask for a coarser alignment.
   */
  private static @Nullable FileChannel openDirect(
      Path file, FileIdentity identity, Set<OpenOption> options) throws IOException {
    return Uninterrupted.call(() -> {
      FileChannel proved = null;
      FileChannel opened = null;
      try (Arena arena = Arena.ofConfined()) {
        opened = InterruptSafeChannel.openSame(file, identity, options);
        if (opened != null) {
          int alignment = StorageFile.DIRECT_ALIGNMENT;
          opened.read(arena.allocate(alignment, alignment).asByteBuffer(), 0);
          proved = opened;
        }
      } catch (IOException | UnsupportedOperationException e) {
        return null;
      } finally {
        if (proved == null && opened != null) {
          opened.close();
        }
      }
      return proved;
    });
  }
}
