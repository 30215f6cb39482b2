package io.drey.engine.frame;

import io.drey.engine.latch.FrameLatch;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/**
 * Two numbers that are always the same, under a latch, in fields, which a model checker sees. They
 * are read and changed as walks and writers read and change frames: an optimistic read, a change at
 * the stamp of a read, a change alone inside the gate.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public final class LatchedPair {
  /** What a reader must never return. */
  static final int TORN = -1;

  private static final class Pair extends FrameLatch {
    int one;
    int other;

    void set(int number) {
      one = number;
      other = number;
    }
  }

  private final Pair pair = new Pair();
  private @Nullable Thread alone;
  private int beside;

  /** Starts again until its stamp holds. */
  @Operation
  public int get() {
    for (; ; ) {
      long stamp = pair.optimistic();
      int one = pair.one;
      int other = pair.other;
      if (!FrameLatch.isHeld(stamp) && pair.isValid(stamp)) {
        return one == other ? one : TORN;
      }
      Thread.onSpinWait();
    }
  }

  /** The number before, and one more than it from now on; beside others. */
  @Operation
  public int increment() {
    for (; ; ) {
      enterBeside();
      try {
        long stamp = pair.optimistic();
        int number = pair.one;
        if (pair.tryHold(stamp)) {
          pair.set(number + 1);
          pair.release();
          return number;
        }
      } finally {
        leaveBeside();
      }
      Thread.onSpinWait();
    }
  }

  @Operation
  public void set(@Param(name = "number") int number) {
    enterAlone();
    try {
      pair.hold();
      pair.set(number);
      pair.release();
    } finally {
      leaveAlone();
    }
  }

  private synchronized void enterBeside() {
    while (alone != null) {
      await();
    }
    beside++;
  }

  private synchronized void leaveBeside() {
    beside--;
    notifyAll();
  }

  private synchronized void enterAlone() {
    while (alone != null || beside > 0) {
      await();
    }
    alone = Thread.currentThread();
  }

  private synchronized void leaveAlone() {
    alone = null;
    notifyAll();
  }

  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it means when nothing happens at the same time. */
  public static final class Model {
    private int number;

    public int get() {
      return number;
    }

    public int increment() {
      return number++;
    }

    public void set(int to) {
      number = to;
    }
  }
}
