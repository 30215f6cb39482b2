package io.drey.vfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Which file a path leads to, links followed: device and inode where the platform has them. */
record FileIdentity(Object key) {
  /** Fails with {@link java.nio.file.NoSuchFileException} if the path leads to nothing. */
  static FileIdentity of(Path path) throws IOException {
    return of(path, Files.readAttributes(path, BasicFileAttributes.class));
  }

  /** Like {@link #of(Path)} for attributes read before. */
  static FileIdentity of(Path path, BasicFileAttributes attributes) throws IOException {
    Object key = attributes.fileKey();
    return new FileIdentity(key != null ? key : path.toRealPath());
  }
}
