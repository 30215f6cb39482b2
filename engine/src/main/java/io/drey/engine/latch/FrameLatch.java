package io.drey.engine.latch;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The latch of one blob: a version that readers take before they read and look at again after.
 *
 * <p>A reader takes a stamp by {@link #optimistic}, reads where the blob's frame is and then the
 * frame's bytes, and trusts none of it before {@link #isValid} has said that the stamp still holds:
 * no length it found is allocated, no other blob it found is entered, nothing is returned. It
 * writes nothing, so readers never disturb each other. A writer {@link #hold}s the latch before it
 * changes the frame's bytes or which frame it is, and {@link #release}s it after.
 *
 * <ul>
 *   <li>INVARIANT L1: bytes and place of a blob's image change only while its latch is held.
 *   <li>INVARIANT L2: a stamp is valid at most until the next {@link #hold}; the word never takes a
 *       value twice.
 *   <li>INVARIANT L3: the latch of a blob that is gone is retired: held for good, valid for nobody.
 * </ul>
 *
 * <p>An edge is crossed in this order: the child's stamp, then the parent's validation. So the
 * child was what the edge meant when its stamp was taken.
 *
 * <p>Why it works, in the terms of {@link VarHandle}: {@code hold} makes the word odd and puts a
 * store-store fence behind it, so whoever sees a byte changed afterwards, and has a load-load fence
 * between that read and its look at the word, sees the odd word or a later one. {@code release} is
 * a releasing store and {@code optimistic} an acquiring load, so a stamp comes with all that was
 * changed before it. This is the protocol of sequence locks; see H.-J. Boehm, "Can seqlocks get
 * along with programming language memory models?" (MSPC 2012), and {@link
 * java.util.concurrent.locks.StampedLock}, which has the same fences.
 *
 * <p>Nobody waits for a latch but who captures images for a checkpoint, and holds nothing then. Who
 * is alone inside the gate {@link #hold}s what it likes; who is inside beside others gets a latch
 * by {@link #tryHold} at the stamp of its walk, so that what it read is what it changes, and else
 * starts again.
 */
public abstract class FrameLatch {
  private static final VarHandle WORD;

  static {
    try {
      WORD = MethodHandles.lookup().findVarHandle(FrameLatch.class, "word", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final long RETIRED = -1;

  /** A held stamp: valid for nothing. */
  public static final long NO_STAMP = RETIRED;

  /** Even: free, the number of changes so far times two. Odd: held. */
  @SuppressWarnings("unused") // by the handle
  private long word;

  protected FrameLatch() {}

  /** A stamp for {@link #isValid}. A {@link #isHeld held} one is valid for nothing. */
  public final long optimistic() {
    return (long) WORD.getAcquire(this);
  }

  /** Whether the stamp was taken while somebody changed the frame. */
  public static boolean isHeld(long stamp) {
    return (stamp & 1) != 0;
  }

  /** Whether the stamp is that of a blob that is gone. */
  public static boolean isRetired(long stamp) {
    return stamp == RETIRED;
  }

  /** Whether everything read since {@code stamp} was taken, and was not held, is true. */
  public final boolean isValid(long stamp) {
    VarHandle.loadLoadFence();
    return (long) WORD.getOpaque(this) == stamp;
  }

  /**
   * Begins a change of exactly what was read since {@code stamp} was taken; false = the stamp does
   * not hold any more, or somebody else holds the latch. As {@code hold} else.
   */
  public final boolean tryHold(long stamp) {
    if (isHeld(stamp) || !WORD.compareAndSet(this, stamp, stamp + 1)) {
      return false;
    }
    VarHandle.storeStoreFence();
    return true;
  }

  /** Begins a change. Not reentrant; the caller is the only one who may hold latches now. */
  public final void hold() {
    long free = (long) WORD.getOpaque(this);
    assert !isHeld(free) : "held twice";
    WORD.setOpaque(this, free + 1);
    VarHandle.storeStoreFence();
  }

  /** Whether {@link #hold} was called last; for its caller alone. */
  public final boolean isHeld() {
    return isHeld((long) WORD.getOpaque(this));
  }

  /**
   * Whether anybody holds it, or it is retired. Volatile, as {@link #tryHold} is: of one who writes
   * a volatile field and then asks this, and one who takes the latch and then reads that field, one
   * sees the other.
   */
  public final boolean isHeldByAnyone() {
    return isHeld((long) WORD.getVolatile(this));
  }

  /** Ends a change; without effect on a retired latch. */
  public final void release() {
    long held = (long) WORD.getOpaque(this);
    if (held != RETIRED) {
      assert isHeld(held) : "not held";
      WORD.setRelease(this, held + 1);
    }
  }

  /** The blob is gone: no stamp of it is ever valid again. Held before. */
  public final void retire() {
    assert isHeld() : "not held";
    WORD.setOpaque(this, RETIRED);
  }
}
