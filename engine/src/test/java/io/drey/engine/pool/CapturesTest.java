package io.drey.engine.pool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.TreeConfig;
import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.log.Mutation;
import io.drey.engine.mutation.Applier;
import io.drey.engine.recovery.Recovered;
import io.drey.engine.recovery.Recovery;
import io.drey.engine.store.StoredImage;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An image is spilled while a round has it captured, and then written by the round too. */
final class CapturesTest {
  private static final byte[] KEY = "\1key".getBytes(ISO_8859_1);

  private final Recovered store = open();
  private final CheckpointParts parts = Objects.requireNonNull(store.checkpoints());
  private final FramePool pool = store.pool();
  private final Blob root = Objects.requireNonNull(pool.blobs().find(pool.rootBlob()));
  private final CapturedImage captured = capture();
  private final StoredImage spilled = spill();

  private static Recovered open() {
    try {
      return Recovery.open(TreeConfig.at(Path.of("store")), Vfs.memory(), 64 << 10);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    store.resources().close();
  }

  private CapturedImage capture() {
    long stamp = store.gate().enter();
    try {
      new Applier(pool).apply(new Mutation.Put(KEY, KEY), 1);
    } finally {
      store.gate().leave(stamp);
    }
    Capture capture;
    try (EpochEnd end = pool.endEpoch()) {
      parts.log().part(end.next());
      end.pass();
      capture = parts.captures().begin();
    }
    parts.captures().complete(capture);
    return capture.taken().getFirst();
  }

  /** As an eviction does it. */
  private StoredImage spill() {
    PooledFrame image = Objects.requireNonNull(root.image);
    try {
      StoredImage stored = parts.images().write(image, ImageStore.Purpose.SPILL);
      long stamp = pool.ledger().enter();
      pool.images().clean(root, image, stored);
      pool.ledger().leave(stamp);
      return stored;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theBlobKeepsTheImageThatTheRoundNames() throws IOException {
    parts.captures().write(captured);

    assertNotEquals(spilled.slot(), captured.stored().slot());
    assertEquals(captured.stored(), root.stored);
  }

  @Test
  void aReadOfTheSlotThatIsGivenUpIsInvalid() throws IOException {
    long stamp = root.optimistic();

    parts.captures().write(captured);

    assertFalse(root.isValid(stamp));
  }

  @Test
  void aBlobWhoseLatchIsHeldKeepsTheSpilledImage() throws IOException {
    assertTrue(root.tryHold(root.optimistic()));

    parts.captures().write(captured);

    root.release();
    assertEquals(spilled, root.stored);
  }
}
