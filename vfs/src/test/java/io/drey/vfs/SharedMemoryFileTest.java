package io.drey.vfs;

import io.drey.vfs.contract.StorageFileContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIf;

/** The operating system's files again, on a file system that lives in memory. */
@EnabledIf("exists")
class SharedMemoryFileTest extends StorageFileContract {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private final Path directory;

  SharedMemoryFileTest() throws IOException {
    directory = Files.createTempDirectory(SHARED_MEMORY, "drey-vfs");
  }

  static boolean exists() {
    return Files.isWritable(SHARED_MEMORY);
  }

  @Override
  protected Vfs vfs() {
    return Vfs.disk();
  }

  @Override
  protected Path root() {
    return directory;
  }

  @AfterEach
  void removeTheDirectory() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
