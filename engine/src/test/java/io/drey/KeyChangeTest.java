package io.drey;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.drey.engine.mutation.Applier;
import io.drey.engine.mutation.Catalogue;
import io.drey.engine.pool.WriteSet;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A change of one key that is checked more than once, as when it meets others. */
final class KeyChangeTest {
  private static final byte[] KEY =
      TreeKeys.physical(Catalogue.DEFAULT_TREE, "k".getBytes(StandardCharsets.UTF_8));
  private static final byte[] VALUE = {1};
  private static final byte[] OTHER = {2};

  private OpenStore store;
  private Writes writes;

  @BeforeEach
  void open() {
    store = Stores.open(TreeConfig.memory());
    writes = new Writes(store);
    writes.run(KeyChange.put(KEY, VALUE, KeyChange.Previous.IGNORED));
  }

  @AfterEach
  void close() {
    Stores.close(store);
  }

  /** Checks beside others, and gives up what the check holds. */
  private long check(KeyChange change) {
    WriteSet writes = new WriteSet(store.pool);
    long stamp = store.gate.enterShared();
    try {
      return change.check(new Applier(writes));
    } finally {
      writes.release();
      store.gate.leaveShared(stamp);
    }
  }

  @Nested
  final class WhoseRecordWasDeletedSinceTheCheckBefore {
    private void checkTwice(KeyChange change, long second) {
      assertEquals(PendingChange.READY, check(change));
      assertArrayEquals(VALUE, change.previous);
      writes.run(KeyChange.delete(KEY));
      assertEquals(second, check(change));
    }

    @Test
    void putTellsThatThereWasNone() {
      KeyChange put = KeyChange.put(KEY, OTHER, KeyChange.Previous.RETURNED);
      checkTwice(put, PendingChange.READY);
      assertNull(put.previous);
    }

    @Test
    void deleteTellsThatThereWasNone() {
      KeyChange delete = KeyChange.delete(KEY);
      checkTwice(delete, PendingChange.REFUSED);
      assertNull(delete.previous);
    }
  }
}
