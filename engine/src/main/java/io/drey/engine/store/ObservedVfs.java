package io.drey.engine.store;

import io.drey.engine.event.DeviceForce;
import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Threads;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file system whose transfers and forces a recording shows; it changes nothing about them. */
public final class ObservedVfs implements Vfs {
  private final Vfs vfs;

  public ObservedVfs(Vfs vfs) {
    this.vfs = vfs;
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    return new ObservedFile(vfs.open(file, mode, caching));
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return vfs.exists(path);
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return vfs.list(directory);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    vfs.createDirectory(directory);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    vfs.rename(from, to);
  }

  @Override
  public void delete(Path path) throws IOException {
    vfs.delete(path);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    DeviceForce event = new DeviceForce();
    event.begin();
    Throwable failure = null;
    try {
      vfs.forceDirectory(directory);
    } catch (IOException | RuntimeException | Error e) {
      failure = e;
      throw e;
    } finally {
      DeviceEvents.forced(event, directory, "Directory", 0, 0, failure);
    }
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    return vfs.lock(file, kind);
  }

  @Override
  public Threads threads() {
    return vfs.threads();
  }
}
