package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

@JCStressTest
@Description("Of two who hold at the same stamp, one gets the latch.")
@Outcome(id = "true, false, 1", expect = ACCEPTABLE_INTERESTING, desc = "the first")
@Outcome(id = "false, true, 1", expect = ACCEPTABLE_INTERESTING, desc = "the second")
@Outcome(expect = FORBIDDEN, desc = "both or none, or a change is lost")
@State
public class OneClaimStress {
  private final Frame place = Blob.freshPlace();
  private final Blob blob = new Blob(place);
  private final long stamp = blob.optimistic();

  @Actor
  public void first(ZZI_Result result) {
    result.r1 = increment();
  }

  @Actor
  public void second(ZZI_Result result) {
    result.r2 = increment();
  }

  private boolean increment() {
    if (!blob.tryHold(stamp)) {
      return false;
    }
    Blob.write(place, Blob.read(place) + 1);
    blob.release();
    return true;
  }

  @Arbiter
  public void after(ZZI_Result result) {
    result.r3 = blob.isHeld() ? Blob.STALE : Blob.read(place);
  }
}
