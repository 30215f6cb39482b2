package io.drey;

import io.drey.engine.art.TreeCheck;
import io.drey.engine.checkpoint.Checkpointer;
import io.drey.engine.pool.ImageStore;
import io.drey.engine.pool.Pins;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Verifies a store: the tree frame by frame, the blobs against the edges that reach them, the
 * images on disk against the manifest, and the slots. Writers wait meanwhile, readers go on.
 */
final class WholeCheck {
  private final OpenStore store;
  private final List<Violation> violations = new ArrayList<>();

  WholeCheck(OpenStore store) {
    this.store = store;
  }

  List<Violation> run() {
    store.freeze();
    try {
      checkTree();
      checkDisk();
    } catch (IOException e) {
      throw store.failure("check", e);
    } finally {
      store.unfreeze();
    }
    return List.copyOf(violations);
  }

  private void checkTree() throws IOException {
    TreeCheck check = new TreeCheck(store.pool);
    while (true) {
      long missing = step(check);
      if (missing == TreeCheck.DONE) {
        break;
      }
      if (missing != TreeCheck.MORE && !loaded(missing, check)) {
        check.skip();
      }
    }
    violations.addAll(check.violations());
    checkReached(check.blobs());
  }

  private long step(TreeCheck check) {
    long stamp = store.gate.enter();
    try {
      store.checkOpen();
      return check.run(store.pool);
    } finally {
      store.gate.leave(stamp);
    }
  }

  /**
   * Loads a blob and checks on while it is pinned; false when it is damaged, which is noted. No
   * blob goes while the tree is frozen.
   */
  private boolean loaded(long blob, TreeCheck check) throws IOException {
    Pins pins = new Pins();
    try {
      store.residency.load(blob, pins);
      step(check);
      return true;
    } catch (CorruptionException e) {
      violations.add(e.violation());
      return false;
    } finally {
      store.residency.release(pins);
    }
  }

  private void checkReached(Set<Long> reached) {
    long stamp = store.gate.enter();
    try {
      for (long blob : store.pool.blobs().ids()) {
        if (!reached.contains(blob) && violations.isEmpty()) {
          violations.add(
              Violation.inFrame(Check.EDGE_TARGET, blob, Violation.NONE, "no edge leads to it"));
        }
      }
    } finally {
      store.gate.leave(stamp);
    }
  }

  private void checkDisk() throws IOException {
    ImageStore images = store.recovered.images();
    if (images == null) {
      return;
    }
    Checkpointer rounds = store.checkpointer;
    if (rounds == null) {
      checkImages(images);
    } else {
      rounds.between(() -> checkImages(images));
    }
  }

  private void checkImages(ImageStore images) throws IOException {
    violations.addAll(images.check());
  }
}
