package io.drey.crash.disk;

import java.lang.foreign.MemorySegment;

/** One thing a store did to its disk. {@code toString} is one line for reports. */
public sealed interface Effect {
  /** Changes the content of a file. */
  sealed interface Content extends Effect {
    Inode file();
  }

  /** Changes names. */
  sealed interface Name extends Effect {
    /** The directory whose force makes it durable. */
    Inode directory();
  }

  /** Makes earlier effects durable. */
  sealed interface Force extends Effect {}

  /** How bytes got into a file. */
  enum Way {
    /** By a call of {@link io.drey.vfs.StorageFile#write}. */
    CALL,
    /** Stored into a mapped region and told by {@link io.drey.vfs.MappedRegion#dirty}. */
    MAPPING
  }

  /** These bytes at that position; the file grows if they reach beyond its end. */
  record Write(Inode file, long position, MemorySegment bytes, Way way) implements Content {
    long end() {
      return position + bytes.byteSize();
    }

    /** The part of this write in the range, which it overlaps. */
    Write part(long from, long to) {
      long start = Math.max(from, position);
      long length = Math.min(to, end()) - start;
      return new Write(file, start, bytes.asSlice(start - position, length), way);
    }

    @Override
    public String toString() {
      return "%s %s, %d bytes at %d"
          .formatted(way == Way.CALL ? "write" : "store into", file, bytes.byteSize(), position);
    }
  }

  /** The file is cut to this size. */
  record Truncate(Inode file, long size) implements Content {
    @Override
    public String toString() {
      return "truncate " + file + " to " + size;
    }
  }

  /** The whole file is forced. */
  record ForceFile(Inode file) implements Force {
    @Override
    public String toString() {
      return "force " + file;
    }
  }

  /** A range of a mapped file is forced; positions are those of the file. */
  record ForceRange(Inode file, long from, long to) implements Force {
    @Override
    public String toString() {
      return "force " + file + " from " + from + " to " + to;
    }
  }

  /** A name for a new, empty file or directory. */
  record Create(Inode directory, String name, Inode created) implements Name {
    @Override
    public String toString() {
      return "create " + created;
    }
  }

  /** A file or directory gets another name, which may stand for another file so far. */
  record Rename(Inode source, String oldName, Inode directory, String newName, Inode moved)
      implements Name {
    @Override
    public String toString() {
      return "rename %s from %s to %s"
          .formatted(moved, path(source, oldName), path(directory, newName));
    }
  }

  /** A name stands for nothing any more. */
  record Delete(Inode directory, String name) implements Name {
    @Override
    public String toString() {
      return "delete " + path(directory, name);
    }
  }

  /** The names in a directory are forced. */
  record ForceDirectory(Inode directory) implements Force {
    @Override
    public String toString() {
      return "force directory " + directory;
    }
  }

  private static String path(Inode directory, String name) {
    return directory.firstName().isEmpty() ? name : directory.firstName() + "/" + name;
  }
}
