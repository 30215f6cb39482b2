package io.drey.engine.store;

import io.drey.engine.event.DeviceForce;
import io.drey.engine.event.DeviceTransfer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Fills in what a file has done, where a recording wants it. */
final class DeviceEvents {
  private DeviceEvents() {}

  static void transferred(
      DeviceTransfer event,
      Path path,
      long offset,
      long bytes,
      boolean direct,
      @Nullable Throwable failure) {
    event.end();
    if (event.shouldCommit()) {
      event.path = path.toString();
      event.offset = offset;
      event.bytes = bytes;
      event.direct = direct;
      event.failure = text(failure);
      event.commit();
    }
  }

  /**
   * @param bytes of the range; 0 = everything
   */
  static void forced(
      DeviceForce event,
      Path path,
      String kind,
      long offset,
      long bytes,
      @Nullable Throwable failure) {
    event.end();
    if (event.shouldCommit()) {
      event.path = path.toString();
      event.kind = kind;
      event.offset = offset;
      event.bytes = bytes;
      event.failure = text(failure);
      event.commit();
    }
  }

  private static @Nullable String text(@Nullable Throwable failure) {
    return failure == null ? null : failure.toString();
  }
}
