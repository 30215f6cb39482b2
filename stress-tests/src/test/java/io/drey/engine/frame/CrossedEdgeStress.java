package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * One record, which lies in the child at first. A parent that holds {@link #EDGE} says: go on in
 * the child. The writer folds the record into the parent and moves it back down.
 */
@JCStressTest
@Description("Who crosses an edge finds the record, whichever blob it moves to.")
@Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "a stamp does not hold")
@Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "found in the parent")
@Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "found in the child")
@Outcome(expect = FORBIDDEN, desc = "not found")
@State
public class CrossedEdgeStress {
  private static final int EDGE = 5;
  private static final int RECORD = 6;

  private final Frame parentPlace = Blob.freshPlace();
  private final Frame childPlace = Blob.freshPlace();
  private final Blob parent = new Blob(parentPlace);
  private final Blob child = new Blob(childPlace);

  public CrossedEdgeStress() {
    Blob.write(parentPlace, EDGE);
    Blob.write(childPlace, RECORD);
  }

  @Actor
  public void writer() {
    parent.hold();
    child.hold();
    Blob.write(parentPlace, RECORD);
    Blob.write(childPlace, 0);
    child.release();
    parent.release();

    parent.hold();
    child.hold();
    Blob.write(childPlace, RECORD);
    Blob.write(parentPlace, EDGE);
    child.release();
    parent.release();
  }

  @Actor
  public void reader(I_Result result) {
    result.r1 = walk();
  }

  private int walk() {
    long parentStamp = parent.optimistic();
    if (Blob.isHeld(parentStamp)) {
      return Blob.STALE;
    }
    if (Blob.read(parent.frame()) != EDGE) {
      return parent.isValid(parentStamp) ? 1 : Blob.STALE;
    }
    long childStamp = child.optimistic();
    if (!parent.isValid(parentStamp) || Blob.isHeld(childStamp)) {
      return Blob.STALE;
    }
    int found = Blob.read(child.frame());
    if (!child.isValid(childStamp)) {
      return Blob.STALE;
    }
    return found == RECORD ? 2 : found;
  }
}
