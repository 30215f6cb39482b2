package io.drey.cli;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file that appears under its name whole or not at all, replacing one that was there. Until
 * {@link #publish} it has another name, and {@link #close} then removes it. Not thread-safe.
 */
final class NewFile extends OutputStream {
  private static final String PARTIAL = ".partial";

  private final Vfs vfs = Vfs.disk();
  private final Path target;
  private final Path partial;
  private final StorageFile file;
  private long length;
  private boolean published;

  /** {@code name} is byte text. */
  NewFile(String name) throws IOException {
    target = BytePaths.absolute(name);
    partial = BytePaths.absolute(name + PARTIAL);
    if (vfs.exists(partial)) {
      vfs.delete(partial);
    }
    file = vfs.open(partial, OpenMode.CREATE_NEW, Caching.BUFFERED);
  }

  @Override
  public void write(int oneByte) throws IOException {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    file.write(length, MemorySegment.ofArray(bytes).asSlice(offset, count));
    length += count;
  }

  /** Forces what was written and gives the file its name, durably. */
  void publish() throws IOException {
    file.force();
    vfs.rename(partial, target);
    published = true;
    Path directory = target.getParent();
    if (directory != null) {
      vfs.forceDirectory(directory);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
    if (!published) {
      vfs.delete(partial);
    }
  }
}
