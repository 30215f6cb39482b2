package io.drey.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

@JCStressTest
@Description("Who sees a record as published sees all its bytes, and how its segment ended.")
@Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "nothing is published")
@Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "one record")
@Outcome(id = "2", expect = ACCEPTABLE_INTERESTING, desc = "two records")
@Outcome(id = "3", expect = ACCEPTABLE_INTERESTING, desc = "three, over two segments")
@Outcome(expect = FORBIDDEN, desc = "a record is not whole")
@State
public class PublishedBytesStress {
  private static final int LOOKS = 50;

  private final SmallTail journal = new SmallTail();
  private final Reservation place = new Reservation();

  @Actor
  public void writer() {
    journal.append(place);
    journal.append(place);
    journal.append(place);
  }

  /** Looks again and again, so as to meet each end as soon as it is there. */
  @Actor
  public void reader(I_Result result) {
    long seen = 0;
    int records = 0;
    for (int look = 0; look < LOOKS && records >= 0; look++) {
      long end = journal.tail.publishedEnd();
      if (end != seen) {
        records = journal.records(end);
        seen = end;
      }
    }
    result.r1 = records;
  }
}
