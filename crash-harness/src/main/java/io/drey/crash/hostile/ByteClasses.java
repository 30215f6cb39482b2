package io.drey.crash.hostile;

/** Classes of bytes that a store treats alike; damage samples each of them. */
@FunctionalInterface
public interface ByteClasses {
  /**
   * The class of a byte.
   *
   * @param file the last name of its path
   * @param bytes length of the file
   */
  String of(String file, long position, long bytes);

  /** By the file's name without its digits, and by head, tail and eighth of the file. */
  static ByteClasses byPlace() {
    return (file, position, bytes) -> {
      String kind = file.replaceAll("[0-9]+", "#");
      if (position < Sectors.BYTES) {
        return kind + " head";
      }
      if (position >= bytes - Sectors.BYTES) {
        return kind + " tail";
      }
      return "%s eighth %d".formatted(kind, position * 8 / bytes);
    };
  }
}
