package io.drey.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.BlobStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user's store throws, and what becomes of it. */
final class UserStoreTest {
  private final List<String> calls = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();

  private UserStore over(Runnable answer) {
    return new UserStore(new Answering(answer), broken::add);
  }

  private final class Answering implements BlobStore {
    private final Runnable answer;

    Answering(Runnable answer) {
      this.answer = answer;
    }

    private void call(String name) {
      calls.add(name + (Thread.currentThread().isInterrupted() ? ", interrupted" : ""));
      answer.run();
    }

    @Override
    public MemorySegment root() {
      call("root");
      return null;
    }

    @Override
    public void read(long id, MemorySegment frame) {
      call("read");
    }

    @Override
    public void commit(Map<Long, MemorySegment> frames, long[] deleted, MemorySegment root) {
      call("commit");
    }

    @Override
    public void close() {
      call("close");
    }
  }

  private static void commit(UserStore store) throws IOException {
    store.commit(Map.of(), List.of(), new byte[0]);
  }

  @Test
  void anExceptionIsToldAndTheNextCallIsMade() {
    RuntimeException away = new IllegalStateException("away");
    UserStore store =
        over(() -> {
          throw away;
        });
    for (int i = 0; i < 2; i++) {
      assertSame(away, assertThrows(UserStoreException.class, () -> commit(store)).thrown());
      assertSame(away, assertThrows(UserStoreException.class, store::root).thrown());
      assertSame(away, assertThrows(UserStoreException.class, store::close).thrown());
    }
    assertEquals(List.of("commit", "root", "close", "commit", "root", "close"), calls);
    assertEquals(List.of(), broken);
  }

  @Test
  void afterAnErrorNothingIsCommitted() {
    Error unknown = new Error("no answer");
    UserStore store =
        over(() -> {
          throw unknown;
        });
    for (int i = 0; i < 2; i++) {
      assertSame(unknown, assertThrows(UserStoreException.class, () -> commit(store)).thrown());
    }
    assertThrows(UserStoreException.class, () -> store.read(1, MemorySegment.NULL));
    assertEquals(List.of("commit", "read"), calls);
    assertEquals(List.of(unknown, unknown), broken);
  }

  @Test
  void anInterruptStaysOutsideUnlessItComesMeanwhile() throws IOException {
    UserStore calm = over(() -> {});
    Thread.currentThread().interrupt();
    commit(calm);
    assertTrue(Thread.interrupted());
    commit(over(() -> Thread.currentThread().interrupt()));
    assertTrue(Thread.interrupted());
    commit(calm);
    assertFalse(Thread.interrupted());
    assertEquals(List.of("commit", "commit", "commit"), calls);
  }
}
