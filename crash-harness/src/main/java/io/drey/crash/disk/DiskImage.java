package io.drey.crash.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.crash.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a disk holds at one moment: directories, and files with their bytes. Immutable and cheap;
 * equal by {@linkplain #digest digest}.
 */
public final class DiskImage {
  /** A disk with nothing but its root. */
  public static final DiskImage EMPTY = new DiskImage(new TreeMap<>(), new TreeSet<>());

  private final SortedMap<String, FileImage> files;
  private final SortedSet<String> directories;
  private final Digest digest;

  /** Takes both collections over; names are relative to the root, parents come before children. */
  DiskImage(SortedMap<String, FileImage> files, SortedSet<String> directories) {
    this.files = Collections.unmodifiableSortedMap(files);
    this.directories = Collections.unmodifiableSortedSet(directories);
    Digest sum = Digest.NONE;
    for (Map.Entry<String, FileImage> file : files.entrySet()) {
      Digest content = file.getValue().digest();
      sum = sum.plus(content.then(file.getKey().getBytes(UTF_8)));
    }
    for (String directory : directories) {
      sum = sum.plus(Digest.of(directory.getBytes(UTF_8)));
    }
    this.digest = sum;
  }

  /** All files, by their path below the root, such as {@code store/data}. */
  public SortedMap<String, FileImage> files() {
    return files;
  }

  /** All directories but the root, by their path below it. */
  public SortedSet<String> directories() {
    return directories;
  }

  /** Stands for all names and all bytes. */
  public Digest digest() {
    return digest;
  }

  /** This image with a directory more. Its parent is there, or is the root. */
  public DiskImage withDirectory(Path directory) {
    TreeSet<String> more = new TreeSet<>(directories);
    more.add(name(directory));
    return new DiskImage(files, more);
  }

  /** This image with that file new or replaced. Its directory is there, or is the root. */
  public DiskImage withFile(Path file, FileImage content) {
    TreeMap<String, FileImage> more = new TreeMap<>(files);
    more.put(name(file), content);
    return new DiskImage(more, directories);
  }

  /** Lays the image out on a real disk, below {@code directory}, which is created if missing. */
  public void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    for (String name : directories) {
      Files.createDirectories(directory.resolve(name));
    }
    for (Map.Entry<String, FileImage> file : files.entrySet()) {
      try (OutputStream target =
          new BufferedOutputStream(Files.newOutputStream(directory.resolve(file.getKey())))) {
        file.getValue().writeTo(target);
      }
    }
  }

  /** How a path is named in an image: from the root, which a relative path starts from too. */
  static String name(Path path) {
    StringBuilder name = new StringBuilder();
    for (Path element : path.normalize()) {
      name.append(name.isEmpty() ? "" : "/").append(element);
    }
    return name.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DiskImage that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** One file or directory a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    directories.forEach(name -> text.append(name).append("/\n"));
    files.forEach((name, file) -> text.append(name).append(": ").append(file).append('\n'));
    return text.toString();
  }
}
