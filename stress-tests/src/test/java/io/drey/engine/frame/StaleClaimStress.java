package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * The lock stands for the gate: {@code hold} asks that nobody else holds latches meanwhile. The
 * stamp is taken outside, so it may be stale inside.
 */
@JCStressTest
@Description("Who holds at a stamp changes what it has read, not what a writer left meanwhile.")
@Outcome(id = "true, 11", expect = ACCEPTABLE_INTERESTING, desc = "the stamp held")
@Outcome(id = "false, 10", expect = ACCEPTABLE_INTERESTING, desc = "the stamp was stale")
@Outcome(expect = FORBIDDEN, desc = "a change is lost")
@State
public class StaleClaimStress {
  private final Frame place = Blob.freshPlace();
  private final Blob blob = new Blob(place);

  @Actor
  public void atItsStamp(ZI_Result result) {
    long stamp = blob.optimistic();
    int read = Blob.read(place);
    synchronized (this) {
      if (blob.tryHold(stamp)) {
        Blob.write(place, read + 1);
        blob.release();
        result.r1 = true;
      }
    }
  }

  @Actor
  public void alone() {
    synchronized (this) {
      blob.hold();
      Blob.write(place, Blob.read(place) + 10);
      blob.release();
    }
  }

  @Arbiter
  public void after(ZI_Result result) {
    result.r2 = Blob.read(place);
  }
}
