package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IZ_Result;

@JCStressTest
@Description("A blob that is gone is never read again, whoever has its place.")
@Outcome(id = "-1, false", expect = ACCEPTABLE_INTERESTING, desc = "it is gone")
@Outcome(id = "0, false", expect = ACCEPTABLE_INTERESTING, desc = "it was there")
@Outcome(expect = FORBIDDEN, desc = "another blob's image, or a latch that can be held again")
@State
public class RetiredBlobStress {
  private final Frame place = Blob.freshPlace();
  private final Blob blob = new Blob(place);

  @Actor
  public void remover() {
    blob.hold();
    blob.retire();
    blob.release();
    Blob.write(place, 7);
  }

  @Actor
  public void reader(IZ_Result result) {
    result.r1 = blob.read();
  }

  @Arbiter
  public void after(IZ_Result result) {
    long stamp = blob.optimistic();
    result.r2 = !Blob.isHeld(stamp) || blob.tryHold(stamp);
  }
}
