package io.drey.crash.hostile;

import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Objects;

/** Makes every call a file system has, and leaves nothing behind if all succeed. */
final class AllCalls {
  private static int run;

  private AllCalls() {}

  static void make(Vfs vfs) throws IOException {
    Path directory = Path.of("/all-" + run++);
    Path file = directory.resolve("file");
    vfs.createDirectory(directory);
    try (StorageFile created = vfs.open(file, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      created.write(0, MemorySegment.ofArray(new byte[8192]));
      created.read(0, MemorySegment.ofArray(new byte[10]));
      created.force();
      try (MappedRegion region = created.map(0, 4096)) {
        region.dirty(0, 10);
        region.force(0, 10);
      }
      created.truncate(4096);
    }
    vfs.forceDirectory(directory);
    vfs.list(directory);
    vfs.open(file, OpenMode.READ, Caching.BUFFERED).close();
    vfs.rename(file, directory.resolve("renamed"));
    vfs.delete(directory.resolve("renamed"));
    try (FileLease lease = vfs.lock(directory.resolve("lock"), LeaseKind.EXCLUSIVE)) {
      Objects.requireNonNull(lease);
    }
  }
}
