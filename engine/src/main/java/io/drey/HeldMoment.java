package io.drey;

import io.drey.engine.event.Leak;
import io.drey.engine.event.Snapshot;
import io.drey.engine.snapshot.PastFrames;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an open snapshot holds back, given up once: by its close, or when nobody can reach the
 * snapshot any more. The latter is told as a leak, with the stack that took the snapshot.
 */
final class HeldMoment {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final Leak WANTED = new Leak();

  private final OpenStore store;
  private final PastFrames past;
  private final Snapshot event = new Snapshot();
  private final long began = System.nanoTime();
  private final @Nullable Throwable origin;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HeldMoment(OpenStore store, PastFrames past) {
    this.store = store;
    this.past = past;
    this.origin = WANTED.isEnabled() ? new Throwable() : null;
    event.begin();
  }

  /**
   * Begins to hold.
   *
   * @param owner nothing here refers to it
   */
  static HeldMoment of(OpenStore store, PastFrames past, Object owner) {
    HeldMoment moment = new HeldMoment(store, past);
    store.snapshots.add(moment);
    CLEANER.register(owner, moment::abandoned);
    return moment;
  }

  boolean isClosed() {
    return closed.get();
  }

  long ageNanos() {
    return System.nanoTime() - began;
  }

  void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    int images = store.forget(past);
    store.snapshots.remove(this);
    event.end();
    if (event.shouldCommit()) {
      event.store = store.gate.store();
      event.seq = past.seq();
      event.images = images;
      event.commit();
    }
  }

  private void abandoned() {
    if (isClosed()) {
      return;
    }
    Leak leak = new Leak();
    if (leak.shouldCommit()) {
      leak.store = store.gate.store();
      leak.seq = past.seq();
      leak.age = ageNanos();
      leak.origin = text();
      leak.commit();
    }
    close();
  }

  /** The stack that took the snapshot, a line each frame; empty where no recording wanted it. */
  private String text() {
    Throwable taken = origin;
    return taken == null
        ? ""
        : Arrays.stream(taken.getStackTrace())
            .map(StackTraceElement::toString)
            .collect(Collectors.joining("\n"));
  }
}
