package io.drey.crash.disk;

/**
 * A file or directory, whatever its name is.
 *
 * @param number unique on its disk; {@link #ROOT} has 0
 * @param firstName its path below the root when it was created, for reports
 */
public record Inode(int number, Kind kind, String firstName) {
  /** What a name can stand for. */
  public enum Kind {
    FILE,
    DIRECTORY
  }

  /** The directory in which every path starts. */
  public static final Inode ROOT = new Inode(0, Kind.DIRECTORY, "");

  boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  @Override
  public String toString() {
    return (isDirectory() ? firstName + "/" : firstName) + "#" + number;
  }
}
