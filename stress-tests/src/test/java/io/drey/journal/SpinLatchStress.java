package io.drey.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

@JCStressTest
@Description("Under the latch one thread is alone, and sees what the one before it did.")
@Outcome(id = "1, 2, 2", expect = ACCEPTABLE_INTERESTING, desc = "the first came first")
@Outcome(id = "2, 1, 2", expect = ACCEPTABLE_INTERESTING, desc = "the second came first")
@Outcome(expect = FORBIDDEN, desc = "both were inside")
@State
public class SpinLatchStress {
  private final SpinLatch latch = new SpinLatch();
  private int count;

  @Actor
  public void first(III_Result result) {
    result.r1 = increment();
  }

  @Actor
  public void second(III_Result result) {
    result.r2 = increment();
  }

  private int increment() {
    latch.lock();
    int now = ++count;
    latch.unlock();
    return now;
  }

  @Arbiter
  public void after(III_Result result) {
    result.r3 = count;
  }
}
