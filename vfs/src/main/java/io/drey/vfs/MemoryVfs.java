package io.drey.vfs;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files in the memory of this process, gone with this object. Paths are compared by their names
 * after normalization; a relative path is looked up from a root of its own, not from the working
 * directory.
 */
final class MemoryVfs implements Vfs {
  private sealed interface Node {}

  private record Content(MemoryContent bytes) implements Node {}

  private static final class Directory implements Node {
    final TreeMap<Path, Node> entries = new TreeMap<>();
  }

  /** Where a name is, or would be. */
  private record Place(Directory directory, Path name) {
    @Nullable Node node() {
      return directory.entries.get(name);
    }
  }

  /** Guards all names and leases. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Directory absoluteRoot = new Directory();
  private final Directory relativeRoot = new Directory();
  private final List<Lease> leases = new ArrayList<>();

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    lock.lock();
    try {
      Place place = place(file);
      Node node = place.node();
      if (mode == OpenMode.CREATE_NEW) {
        if (node != null) {
          throw new FileAlreadyExistsException(file.toString());
        }
        node = new Content(new MemoryContent());
        place.directory.entries.put(place.name, node);
      }
      MemoryContent content = content(file, node);
      for (Lease lease : leases) {
        if (lease.content == content) {
          throw FileFailure.of(file, "leased as a lock file by this process");
        }
      }
      return new MemoryFile(file, mode, caching, content);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    lock.lock();
    try {
      return root(path) != null || place(path).node() != null;
    } catch (NoSuchFileException e) {
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    lock.lock();
    try {
      return directory(directory).entries.keySet().stream().map(Path::toString).sorted().toList();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    lock.lock();
    try {
      if (root(directory) != null) {
        throw new FileAlreadyExistsException(directory.toString());
      }
      Place place = place(directory);
      if (place.directory.entries.putIfAbsent(place.name, new Directory()) != null) {
        throw new FileAlreadyExistsException(directory.toString());
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    lock.lock();
    try {
      Place source = place(from);
      Place target = place(to);
      Node moved = source.node();
      if (moved == null) {
        throw new NoSuchFileException(from.toString());
      }
      if (source.equals(target)) {
        return;
      }
      Node replaced = target.node();
      if (replaced instanceof Directory directory && !directory.entries.isEmpty()) {
        throw new DirectoryNotEmptyException(to.toString());
      }
      if (replaced != null && replaced instanceof Directory != moved instanceof Directory) {
        throw FileFailure.of(to, "a directory and a file do not replace each other");
      }
      if (moved instanceof Directory && to.normalize().startsWith(from.normalize())) {
        throw FileFailure.of(to, "inside the directory to be renamed");
      }
      source.directory.entries.remove(source.name);
      target.directory.entries.put(target.name, moved);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void delete(Path path) throws IOException {
    lock.lock();
    try {
      Place place = place(path);
      switch (place.node()) {
        case null -> throw new NoSuchFileException(path.toString());
        case Directory directory when !directory.entries.isEmpty() ->
            throw new DirectoryNotEmptyException(path.toString());
        default -> place.directory.entries.remove(place.name);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    lock.lock();
    try {
      directory(directory);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    lock.lock();
    try {
      Place place = place(file);
      Node node = place.node();
      if (inTheWay(place, node, kind)) {
        return null;
      }
      if (node == null && kind == LeaseKind.EXCLUSIVE) {
        node = new Content(new MemoryContent());
        place.directory.entries.put(place.name, node);
      }
      MemoryContent content = content(file, node);
      Lease lease = new Lease(file, kind, place, content);
      leases.add(lease);
      return lease;
    } finally {
      lock.unlock();
    }
  }

  private boolean inTheWay(Place place, @Nullable Node node, LeaseKind kind) {
    for (Lease held : leases) {
      boolean same =
          held.place.equals(place)
              || (node instanceof Content(MemoryContent bytes) && bytes == held.content);
      if (same && (kind == LeaseKind.EXCLUSIVE || held.kind == LeaseKind.EXCLUSIVE)) {
        return true;
      }
    }
    return false;
  }

  private static MemoryContent content(Path file, @Nullable Node node) throws IOException {
    return switch (node) {
      case null -> throw new NoSuchFileException(file.toString());
      case Directory directory -> throw FileFailure.of(file, "not a regular file");
      case Content content -> content.bytes;
    };
  }

  private @Nullable Directory root(Path path) {
    Path normal = path.normalize();
    if (normal.isAbsolute()) {
      return normal.getNameCount() == 0 ? absoluteRoot : null;
    }
    return normal.toString().isEmpty() ? relativeRoot : null;
  }

  private Directory directory(Path path) throws IOException {
    Directory root = root(path);
    if (root != null) {
      return root;
    }
    return switch (place(path).node()) {
      case null -> throw new NoSuchFileException(path.toString());
      case Content file -> throw new NotDirectoryException(path.toString());
      case Directory directory -> directory;
    };
  }

  /** Where the last name of the path is looked up; all directories before it exist. */
  private Place place(Path path) throws IOException {
    Path normal = path.normalize();
    if (root(path) != null) {
      throw FileFailure.of(path, "a root");
    }
    Directory directory = normal.isAbsolute() ? absoluteRoot : relativeRoot;
    int last = normal.getNameCount() - 1;
    for (int i = 0; i < last; i++) {
      if (!(directory.entries.get(normal.getName(i)) instanceof Directory next)) {
        throw new NoSuchFileException(path.toString());
      }
      directory = next;
    }
    return new Place(directory, normal.getName(last));
  }

  private final class Lease implements FileLease {
    private final Path file;
    private final LeaseKind kind;
    private final Place place;
    private final MemoryContent content;

    Lease(Path file, LeaseKind kind, Place place, MemoryContent content) {
      this.file = file;
      this.kind = kind;
      this.place = place;
      this.content = content;
    }

    @Override
    public Path file() {
      return file;
    }

    @Override
    public LeaseKind kind() {
      return kind;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        leases.remove(this);
      } finally {
        lock.unlock();
      }
    }
  }
}
