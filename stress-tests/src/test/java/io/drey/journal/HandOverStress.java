package io.drey.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

@JCStressTest
@Description("The first waiter goes while the others are handed over to him: somebody wakes them.")
@Outcome(id = "true", expect = ACCEPTABLE, desc = "they are woken")
@Outcome(expect = FORBIDDEN, desc = "they sleep for ever")
@State
public class HandOverStress {
  private final HandOver handOver = new HandOver();
  private final Waiter first = new Waiter(0);

  public HandOverStress() {
    first.below = new Waiter(0);
  }

  @Actor
  public void leader() {
    handOver.give(first);
  }

  @Actor
  public void first() {
    handOver.leave(first);
  }

  @Arbiter
  public void after(Z_Result result) {
    result.r1 = handOver.isEmpty();
  }
}
