package io.drey.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A system call that writes less than asked for reports no error. Under a limit on file sizes the
 * call that crosses the limit does just that; only the next one fails.
 */
@EnabledOnOs(OS.LINUX)
class ShortWriteTest {
  private static final long LIMIT_BYTES = 100 << 10;

  @TempDir private Path directory;

  @Test
  void isNotTakenForAWholeOne() throws IOException {
    Path file = directory.resolve("file");
    try (ChildProcess limited =
        new ChildProcess(FileServant.class, "bash", "-c", "ulimit -f 100; exec \"$0\" \"$@\"")) {
      String answer = limited.ask("write " + file);
      assertTrue(answer.startsWith("failed " + LIMIT_BYTES + " "), answer);
      assertTrue(answer.contains(file.toString()), answer);
    }
    try (ChildProcess free = new ChildProcess(FileServant.class)) {
      assertEquals("written 1048576", free.ask("write " + directory.resolve("other")));
    }
  }
}
