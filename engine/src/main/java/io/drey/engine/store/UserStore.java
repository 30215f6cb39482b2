package io.drey.engine.store;

import io.drey.BlobStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A user's {@link BlobStore} as the engine calls it: what it throws becomes an {@link IOException}
 * with that as its cause; after an {@link Error}, which is reported as final, nothing more is
 * committed; no pending interrupt reaches it.
 */
public final class UserStore implements AutoCloseable {
  private final BlobStore store;
  private final Consumer<Throwable> broken;
  private volatile @Nullable Error failure;

  /**
   * @param broken takes errors, after which it is not known what the store holds
   */
  public UserStore(BlobStore store, Consumer<Throwable> broken) {
    this.store = store;
    this.broken = broken;
  }

  /** A copy of the root; null = the store is new. */
  byte @Nullable [] root() throws IOException {
    return call(
        "root",
        () -> {
          MemorySegment root = store.root();
          return root == null ? null : root.toArray(ValueLayout.JAVA_BYTE);
        });
  }

  public void read(long id, MemorySegment frame) throws IOException {
    call(
        "read",
        () -> {
          store.read(id, frame);
          return null;
        });
  }

  void commit(Map<Long, MemorySegment> frames, List<Long> deleted, byte[] root) throws IOException {
    Error earlier = failure;
    if (earlier != null) {
      throw new UserStoreException("commit", earlier);
    }
    call(
        "commit",
        () -> {
          store.commit(
              Collections.unmodifiableMap(frames),
              deleted.stream().mapToLong(id -> id).toArray(),
              MemorySegment.ofArray(root).asReadOnly());
          return null;
        });
  }

  @Override
  public void close() throws IOException {
    call(
        "close",
        () -> {
          store.close();
          return null;
        });
  }

  private <T extends @Nullable Object> T call(String method, Supplier<T> body) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      return body.get();
    } catch (RuntimeException e) {
      throw new UserStoreException(method, e);
    } catch (Error e) {
      failure = e;
      broken.accept(e);
      throw new UserStoreException(method, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
