package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("The place read under a stamp holds the blob's image as long as the stamp holds.")
@Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "the stamp does not hold")
@Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the image in the old place")
@Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "the image in the new place")
@Outcome(expect = FORBIDDEN, desc = "the image of another blob, or a torn one")
@State
public class PlaceUnderStampStress {
  private final Frame old = Blob.freshPlace();
  private final Frame fresh = Blob.freshPlace();
  private final Blob blob = new Blob(old);

  /** Copies the image on write; then the old place is another blob's. */
  @Actor
  public void writer() {
    blob.hold();
    Blob.write(fresh, 1);
    blob.moveTo(fresh);
    blob.release();
    Blob.write(old, 7);
  }

  @Actor
  public void reader(I_Result result) {
    long stamp = blob.optimistic();
    Frame place = blob.frame();
    if (Blob.isHeld(stamp)) {
      result.r1 = Blob.STALE;
    } else {
      int value = Blob.read(place);
      result.r1 = blob.isValid(stamp) ? value : Blob.STALE;
    }
  }
}
