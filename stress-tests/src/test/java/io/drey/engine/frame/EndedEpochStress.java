package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.drey.engine.log.CountingLog;
import io.drey.engine.log.Place;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The change works on its blob before it reserves, as one does that makes room, and leaves it as it
 * was when it is refused.
 */
@JCStressTest
@Description("A captured image has what was reserved before its epoch ended, and nothing else.")
@Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "reserved before the end")
@Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "too late")
@Outcome(expect = FORBIDDEN, desc = "a change is missing, or one too many, or half of one is there")
@State
public class EndedEpochStress {
  private static final int AT_WORK = 5;

  private final Frame place = Blob.freshPlace();
  private final Blob blob = new Blob(place);
  private final CountingLog log = new CountingLog(1, 1);
  private final Place taken = new Place();
  private volatile long epoch;

  @Actor
  public void change(II_Result result) {
    long mine = 0;
    long stamp = blob.optimistic();
    if (!blob.tryHold(stamp)) {
      return;
    }
    if (epoch == mine) {
      Blob.write(place, AT_WORK);
      boolean reserved = log.reserve(taken, 0, 1, mine);
      Blob.write(place, reserved ? 1 : 0);
      result.r1 = reserved ? 1 : 0;
    }
    blob.release();
  }

  @Actor
  public void capture(II_Result result) {
    epoch = 1;
    log.beginEpoch(1);
    while (blob.isHeldByAnyone()) {
      Thread.onSpinWait();
    }
    result.r2 = Blob.read(place);
  }
}
