package io.drey.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A mounted file system. Where mounting is not allowed the test that asks for it is skipped. */
public final class Mount implements AutoCloseable {
  private final Path point;
  private boolean active = true;

  private Mount(Path point) {
    this.point = point;
  }

  /** Mounts a directory onto itself, read-only. */
  public static Mount readOnly(Path directory) {
    Assumptions.assumeTrue(
        run("mount", "--bind", directory.toString(), directory.toString()),
        "mounting is not allowed here");
    Mount mount = new Mount(directory);
    if (!run("mount", "-o", "remount,ro,bind", directory.toString())) {
      mount.close();
      Assumptions.abort("remounting is not allowed here");
    }
    return mount;
  }

  /** Mounts an empty file system of {@code bytes} onto an empty directory. */
  public static Mount small(Path directory, long bytes) {
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", directory.toString()),
        "mounting is not allowed here");
    return new Mount(directory);
  }

  /** Changes the size of a file system made by {@link #small}. */
  public void resize(long bytes) {
    if (!run("mount", "-o", "remount,size=" + bytes, point.toString())) {
      throw new AssertionError("cannot resize " + point);
    }
  }

  /** Whether it is mounted. */
  public boolean isActive() {
    return active;
  }

  @Override
  public void close() {
    if (active && !run("umount", "-l", point.toString())) {
      throw new AssertionError("cannot unmount " + point);
    }
    active = false;
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
