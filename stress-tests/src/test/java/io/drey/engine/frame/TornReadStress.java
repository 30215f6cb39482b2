package io.drey.engine.frame;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("What a reader validates is one image, while a writer that is alone changes it.")
@Outcome(id = "-1", expect = ACCEPTABLE_INTERESTING, desc = "a stamp does not hold")
@Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "the image before")
@Outcome(id = "[1-7]", expect = ACCEPTABLE, desc = "an image between")
@Outcome(id = "8", expect = ACCEPTABLE_INTERESTING, desc = "the image after")
@Outcome(expect = FORBIDDEN, desc = "a torn image is valid")
@State
public class TornReadStress {
  private static final int CHANGES = 8;

  private final Frame place = Blob.freshPlace();
  private final Blob blob = new Blob(place);

  @Actor
  public void writer() {
    for (int change = 1; change <= CHANGES; change++) {
      blob.hold();
      Blob.write(place, change);
      blob.release();
    }
  }

  @Actor
  public void reader(I_Result result) {
    result.r1 = blob.readOften(CHANGES);
  }
}
