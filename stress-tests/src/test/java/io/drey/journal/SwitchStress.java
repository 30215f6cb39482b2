package io.drey.journal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

@JCStressTest
@Description("A switch parts the records: up to its number before its end, the others behind.")
@Outcome(id = "0, 2", expect = ACCEPTABLE_INTERESTING, desc = "both records lie behind")
@Outcome(id = "1, 2", expect = ACCEPTABLE_INTERESTING, desc = "the switch came between them")
@Outcome(id = "2, 2", expect = ACCEPTABLE_INTERESTING, desc = "both lie before")
@Outcome(expect = FORBIDDEN, desc = "a record is on the wrong side, or not whole")
@State
public class SwitchStress {
  private static final int WRONG_SIDE = -1;

  private final SmallTail journal = new SmallTail();
  private final Reservation one = new Reservation();
  private final Reservation other = new Reservation();
  private @Nullable Switch parted;

  @Actor
  public void writer() {
    journal.append(one);
    journal.append(other);
  }

  @Actor
  public void switcher() {
    parted = journal.tail.switchSegment(0, null);
    journal.tail.publishSwitch();
  }

  @Arbiter
  public void after(II_Result result) {
    Switch at = parted;
    if (at == null || !isRightSide(one, at) || !isRightSide(other, at)) {
      result.r1 = WRONG_SIDE;
    } else {
      result.r1 = (int) (at.lastSeq() - SmallTail.FIRST_SEQ) + 1;
    }
    result.r2 = journal.records(journal.tail.publishedEnd());
  }

  private static boolean isRightSide(Reservation r, Switch at) {
    boolean before = r.seq() <= at.lastSeq();
    return before == r.position() < at.end()
        && before == Position.segment(r.position()) < at.next().number();
  }
}
