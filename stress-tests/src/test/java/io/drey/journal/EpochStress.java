package io.drey.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("What is reserved for an epoch has a number up to the last one before the next epoch.")
@Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "reserved before the next epoch")
@Outcome(id = "0, 0", expect = ACCEPTABLE_INTERESTING, desc = "refused behind it")
@Outcome(expect = FORBIDDEN, desc = "reserved behind it")
@State
public class EpochStress {
  private final SmallTail journal = new SmallTail();
  private final Reservation reservation = new Reservation();
  private boolean reserved;
  private long last;

  @Actor
  public void change() {
    reserved = journal.reserve(reservation, 0);
  }

  @Actor
  public void snapshot() {
    last = journal.tail.beginEpoch(1);
  }

  @Arbiter
  public void after(II_Result result) {
    result.r1 = reserved ? 1 : 0;
    result.r2 = (int) (last - SmallTail.FIRST_SEQ) + 1;
  }
}
