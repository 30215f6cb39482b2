package io.drey.crash.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The names of a running disk. Used under the lock of the disk. */
final class LiveTree {
  /** A directory and what its names stand for. */
  static final class Directory {
    final Inode inode;
    final SortedMap<String, Inode> names;

    Directory(Inode inode, SortedMap<String, Inode> names) {
      this.inode = inode;
      this.names = new TreeMap<>(names);
    }
  }

  /** Where a name is, or would be. */
  record Place(Directory directory, String name) {
    @Nullable Inode inode() {
      return directory.names.get(name);
    }
  }

  private final Inodes start;
  private final Map<Integer, Directory> directories = new HashMap<>();
  private final Map<Integer, LiveFile> files = new HashMap<>();

  LiveTree(Inodes start) {
    this.start = start;
  }

  LiveFile file(Path path, @Nullable Inode inode) throws IOException {
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (inode.isDirectory()) {
      throw failure(path, "not a regular file");
    }
    return files.computeIfAbsent(inode.number(), _ -> new LiveFile(inode, start.file(inode)));
  }

  Iterable<LiveFile> openedFiles() {
    return files.values();
  }

  Directory directory(Path path) throws IOException {
    if (isRoot(path)) {
      return directory(Inode.ROOT);
    }
    Inode inode = place(path).inode();
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    if (!inode.isDirectory()) {
      throw new NotDirectoryException(path.toString());
    }
    return directory(inode);
  }

  Directory directory(Inode inode) {
    return directories.computeIfAbsent(
        inode.number(), _ -> new Directory(inode, start.names(inode)));
  }

  static boolean isRoot(Path path) {
    return DiskImage.name(path).isEmpty();
  }

  /** Where the last name of the path is looked up; all directories before it exist. */
  Place place(Path path) throws IOException {
    if (isRoot(path)) {
      throw failure(path, "a root");
    }
    String[] names = DiskImage.name(path).split("/", -1);
    Directory directory = directory(Inode.ROOT);
    for (int i = 0; i < names.length - 1; i++) {
      Inode next = directory.names.get(names[i]);
      if (next == null || !next.isDirectory()) {
        throw new NoSuchFileException(path.toString());
      }
      directory = directory(next);
    }
    return new Place(directory, names[names.length - 1]);
  }

  static FileSystemException failure(Path path, String reason) {
    return new FileSystemException(path.toString(), null, reason);
  }
}
