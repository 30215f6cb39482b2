package io.drey.vfs;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A lock on a file that other processes and other holders in this process respect.
 *
 * <p>The operating system gives it back when the process ends, however it ends. Safe for use by any
 * thread; not bound to the thread that took it.
 */
public interface FileLease extends AutoCloseable {
  /** The lock file as the caller of {@link Vfs#lock} spelled it. */
  Path file();

  /** The kind it was taken as. */
  LeaseKind kind();

  /** Gives the lease back. Closing again has no effect. */
  @Override
  void close() throws IOException;
}
