package io.drey.crash.disk;

import io.drey.crash.disk.Effect.Create;
import io.drey.crash.disk.Effect.Delete;
import io.drey.crash.disk.Effect.Name;
import io.drey.crash.disk.Effect.Rename;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Files and directories by number, and what names stand for. Never changed: a change gives another
 * one. Files that no name leads to stay.
 */
final class Inodes {
  /** Without those never written to. */
  private final Map<Integer, FileImage> files;

  /** Without those in which there was never a name. */
  private final Map<Integer, SortedMap<String, Inode>> directories;

  private Inodes(
      Map<Integer, FileImage> files, Map<Integer, SortedMap<String, Inode>> directories) {
    this.files = files;
    this.directories = directories;
  }

  /** The tree of an image, numbered from 1 on. */
  static Inodes of(DiskImage image) {
    Map<Integer, FileImage> files = new HashMap<>();
    Map<Integer, SortedMap<String, Inode>> directories = new HashMap<>();
    Map<String, Inode> byName = new HashMap<>();
    byName.put("", Inode.ROOT);
    for (String name : image.directories()) {
      add(new Inode(byName.size(), Inode.Kind.DIRECTORY, name), byName, directories);
    }
    image
        .files()
        .forEach((name, content) -> {
          Inode file = new Inode(byName.size(), Inode.Kind.FILE, name);
          add(file, byName, directories);
          files.put(file.number(), content);
        });
    return new Inodes(files, directories);
  }

  private static void add(
      Inode inode, Map<String, Inode> byName, Map<Integer, SortedMap<String, Inode>> directories) {
    String path = inode.firstName();
    int slash = path.lastIndexOf('/');
    Inode parent = byName.get(path.substring(0, Math.max(slash, 0)));
    if (parent == null || !parent.isDirectory()) {
      throw new IllegalArgumentException(path + ": its directory is missing");
    }
    byName.put(path, inode);
    directories
        .computeIfAbsent(parent.number(), _ -> new TreeMap<>())
        .put(path.substring(slash + 1), inode);
  }

  FileImage file(Inode file) {
    return files.getOrDefault(file.number(), FileImage.EMPTY);
  }

  /** What the names in a directory stand for; not to be changed. */
  SortedMap<String, Inode> names(Inode directory) {
    return directories.getOrDefault(directory.number(), new TreeMap<>());
  }

  Inodes with(Inode file, FileImage content) {
    Map<Integer, FileImage> changed = new HashMap<>(files);
    changed.put(file.number(), content);
    return new Inodes(changed, directories);
  }

  Inodes with(Map<Inode, FileImage> contents) {
    if (contents.isEmpty()) {
      return this;
    }
    Map<Integer, FileImage> changed = new HashMap<>(files);
    contents.forEach((file, content) -> changed.put(file.number(), content));
    return new Inodes(changed, directories);
  }

  Inodes with(Name effect) {
    Map<Integer, SortedMap<String, Inode>> changed = new HashMap<>(directories);
    switch (effect) {
      case Create create ->
          copyOf(create.directory(), changed).put(create.name(), create.created());
      case Delete delete -> copyOf(delete.directory(), changed).remove(delete.name());
      case Rename rename -> {
        copyOf(rename.source(), changed).remove(rename.oldName());
        copyOf(rename.directory(), changed).put(rename.newName(), rename.moved());
      }
    }
    return new Inodes(files, changed);
  }

  private static SortedMap<String, Inode> copyOf(
      Inode directory, Map<Integer, SortedMap<String, Inode>> directories) {
    SortedMap<String, Inode> names =
        new TreeMap<>(directories.getOrDefault(directory.number(), new TreeMap<>()));
    directories.put(directory.number(), names);
    return names;
  }

  /** A number above all in use. */
  int nextNumber() {
    int highest = 0;
    for (SortedMap<String, Inode> names : directories.values()) {
      for (Inode inode : names.values()) {
        highest = Math.max(highest, inode.number());
      }
    }
    for (int number : files.keySet()) {
      highest = Math.max(highest, number);
    }
    return highest + 1;
  }

  /** All that names lead to. */
  DiskImage image() {
    TreeMap<String, FileImage> byName = new TreeMap<>();
    TreeSet<String> found = new TreeSet<>();
    collect(Inode.ROOT, "", byName, found);
    return new DiskImage(byName, found);
  }

  private void collect(
      Inode directory,
      String prefix,
      SortedMap<String, FileImage> byName,
      SortedSet<String> found) {
    names(directory)
        .forEach((name, inode) -> {
          String path = prefix + name;
          if (!inode.isDirectory()) {
            byName.put(path, file(inode));
          } else if (found.add(path)) {
            collect(inode, path + "/", byName, found);
          }
        });
  }
}
