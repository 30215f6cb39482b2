package io.drey.crash.hostile;

import io.drey.vfs.StorageFile;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way to the disk.
 *
 * @param path the file or directory; of a rename the new name
 * @param origin of a rename the old name, else the path again
 * @param position where in the file, in bytes; 0 where that has no meaning
 * @param bytes how many; 0 where that has no meaning
 * @param data what is written, or where a read goes
 * @param file the file on the disk below, past the tap
 */
public record Call(
    CallKind kind,
    Path path,
    Path origin,
    long position,
    long bytes,
    @Nullable MemorySegment data,
    @Nullable StorageFile file) {

  static Call of(CallKind kind, Path path) {
    return new Call(kind, path, path, 0, 0, null, null);
  }

  /** The last name of the path. */
  public String name() {
    return nameOf(path);
  }

  static String nameOf(Path path) {
    Path last = path.getFileName();
    return last == null ? path.toString() : last.toString();
  }

  /** Kind, file and range, for reports. */
  @Override
  public String toString() {
    return switch (kind) {
      case READ, WRITE, TRUNCATE, MAP, MAPPED_WRITE, MAPPED_FORCE ->
          "%s %s [%d, +%d)".formatted(kind, name(), position, bytes);
      case RENAME -> "%s %s -> %s".formatted(kind, nameOf(origin), name());
      default -> kind + " " + name();
    };
  }
}
