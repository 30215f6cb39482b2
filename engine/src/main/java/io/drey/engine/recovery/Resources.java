package io.drey.engine.recovery;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What opening acquired, given back in the opposite order; each thing once, whatever fails. */
public final class Resources implements AutoCloseable {
  private final Deque<AutoCloseable> acquired = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    acquired.push(resource);
    return resource;
  }

  /** Something to be given back after everything else. */
  void addLast(AutoCloseable resource) {
    acquired.addLast(resource);
  }

  @Override
  public void close() throws IOException {
    Throwable first = null;
    while (!acquired.isEmpty()) {
      try {
        acquired.pop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    rethrow(first);
  }

  private static void rethrow(@Nullable Throwable failure) throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IOException(failure);
    }
  }
}
