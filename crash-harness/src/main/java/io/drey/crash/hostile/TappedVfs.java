package io.drey.crash.hostile;

import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file system whose calls go through a {@link Tap}. As safe for threads as the tap is. */
public final class TappedVfs implements Vfs {
  private final Vfs below;
  private final Tap tap;

  /** Shows the calls on their way to {@code below} to {@code tap}. */
  public TappedVfs(Vfs below, Tap tap) {
    this.below = below;
    this.tap = tap;
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    CallKind kind = mode == OpenMode.CREATE_NEW ? CallKind.CREATE : CallKind.OPEN;
    StorageFile opened = get(Call.of(kind, file), () -> below.open(file, mode, caching));
    return new TappedFile(opened, tap);
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return get(Call.of(CallKind.LOOK_UP, path), () -> below.exists(path));
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    return get(Call.of(CallKind.LOOK_UP, directory), () -> below.list(directory));
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    act(Call.of(CallKind.CREATE_DIRECTORY, directory), () -> below.createDirectory(directory));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    act(new Call(CallKind.RENAME, to, from, 0, 0, null, null), () -> below.rename(from, to));
  }

  @Override
  public void delete(Path path) throws IOException {
    act(Call.of(CallKind.DELETE, path), () -> below.delete(path));
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    act(Call.of(CallKind.FORCE_DIRECTORY, directory), () -> below.forceDirectory(directory));
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) throws IOException {
    Result<@Nullable FileLease> lease = new Result<>();
    act(Call.of(CallKind.LOCK, file), () -> lease.value = below.lock(file, kind));
    return lease.value;
  }

  private void act(Call call, Action action) throws IOException {
    tap.pass(
        call,
        () -> {
          action.run();
          return 0;
        });
  }

  /** A call with a result, which the tap has to let through or to fail. */
  private <T> T get(Call call, Query<T> query) throws IOException {
    Result<T> result = new Result<>();
    act(call, () -> result.value = query.get());
    T value = result.value;
    if (value == null) {
      throw new FileSystemException(call.path().toString(), null, "the tap let nothing through");
    }
    return value;
  }

  private static final class Result<T extends @Nullable Object> {
    @Nullable T value;
  }

  private interface Action {
    void run() throws IOException;
  }

  private interface Query<T> {
    T get() throws IOException;
  }
}
