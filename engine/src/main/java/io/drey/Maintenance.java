package io.drey;

import io.drey.engine.art.TreeCompactor;
import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.event.Compaction;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.util.List;

/** Work on a whole store that its user asks for. */
final class Maintenance {
  private Maintenance() {}

  static void checkpoint(OpenStore store) {
    store.checkWritable("checkpoint");
    Checkpointer checkpointer = store.checkpointer;
    if (checkpointer == null) {
      return;
    }
    try {
      checkpointer.checkpointAndTrim();
    } catch (IOException e) {
      throw store.failure("checkpoint", e);
    }
  }

  static List<Violation> check(OpenStore store) {
    store.checkOpen();
    return new WholeCheck(store).run();
  }

  /** Each step of the compactor runs inside the gate, alone; between steps others go on. */
  static void compact(OpenStore store) {
    TreeCompactor compactor = new TreeCompactor();
    Compaction event = new Compaction();
    event.begin();
    Pins pins = new Pins();
    try {
      long outcome = TreeCompactor.MORE;
      while (outcome != TreeCompactor.DONE) {
        store.checkWritable("compact");
        store.awaitThaw(pins);
        store.residency.ensureSpare(FramePool.WRITER_FRAMES, pins);
        outcome = step(store, compactor);
        if (outcome >= 0) {
          store.residency.load(outcome, pins);
        } else {
          store.residency.release(pins);
        }
      }
    } catch (IOException e) {
      throw store.failure("compact", e);
    } finally {
      store.residency.release(pins);
      event.end();
      if (event.shouldCommit()) {
        event.store = store.gate.store();
        event.compacted = compactor.packed();
        event.merged = compactor.merged();
        event.commit();
      }
    }
  }

  private static long step(OpenStore store, TreeCompactor compactor) {
    long stamp = store.gate.enter();
    try {
      store.checkWritable("compact");
      if (store.isFrozen() || !store.residency.hasSpare(FramePool.WRITER_FRAMES)) {
        return TreeCompactor.MORE;
      }
      return compactor.step(store.pool);
    } catch (IndexOutOfBoundsException | IllegalStateException e) {
      store.health.fail(e);
      throw new StoreFailedException("compacting", e);
    } finally {
      store.gate.leave(stamp);
    }
  }
}
