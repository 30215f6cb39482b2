package io.drey.vfs;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** INVARIANT V5: gives an exception of a channel, which knows no name, the name of its file. */
final class FileFailure {
  private FileFailure() {}

  static IOException naming(Path file, IOException failure) {
    if (failure instanceof FileClosedException) {
      return failure;
    }
    if (failure instanceof ClosedChannelException) {
      FileClosedException closed = new FileClosedException(file);
      closed.initCause(failure);
      return closed;
    }
    if (failure instanceof FileSystemException named && named.getFile() != null) {
      return failure;
    }
    FileSystemException named = of(file, String.valueOf(failure.getMessage()));
    named.initCause(failure);
    return named;
  }

  static FileSystemException of(Path file, String reason) {
    return new FileSystemException(file.toString(), null, reason);
  }
}
