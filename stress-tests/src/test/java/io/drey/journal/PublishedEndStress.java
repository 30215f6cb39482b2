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

/** The third of the three records does not fit into the first segment, and seals it. */
@JCStressTest
@Description("The published end passes no record in flight, and all before it is there.")
@Outcome(id = "1, 3", expect = ACCEPTABLE_INTERESTING, desc = "the slow one was the first")
@Outcome(id = "2, 3", expect = ACCEPTABLE_INTERESTING, desc = "the slow one was the second")
@Outcome(id = "3, 3", expect = ACCEPTABLE_INTERESTING, desc = "the slow one was the third")
@Outcome(expect = FORBIDDEN, desc = "the end passed a record in flight, or one is not whole")
@State
public class PublishedEndStress {
  private static final int PASSED = -1;
  private static final int BROKEN = -2;

  private final SmallTail journal = new SmallTail();
  private final Reservation slow = new Reservation();
  private final Reservation quick = new Reservation();

  @Actor
  public void quick() {
    journal.append(quick);
    journal.append(quick);
  }

  @Actor
  public void slow(II_Result result) {
    if (!journal.reserve(slow)) {
      return;
    }
    int place = (int) (slow.seq() - SmallTail.FIRST_SEQ) + 1;
    boolean passed = journal.tail.publishedEnd() > slow.position();
    boolean whole = journal.isWhole();
    journal.store(slow);
    passed |= journal.tail.publishedEnd() > slow.position();
    journal.tail.publish(slow);
    whole &= journal.isWhole();
    result.r1 = passed ? PASSED : whole ? place : BROKEN;
  }

  @Arbiter
  public void after(II_Result result) {
    long end = journal.tail.publishedEnd();
    result.r2 = end == journal.tail.reservedEnd() ? journal.records(end) : PASSED;
  }
}
