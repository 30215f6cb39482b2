package io.drey.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private final History history = new History(state("old", "0"));

  private static Bytes bytes(String text) {
    return Bytes.of(text);
  }

  /** A state of alternating keys and values. */
  private static NavigableMap<Bytes, Bytes> state(String... pairs) {
    NavigableMap<Bytes, Bytes> state = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      state.put(bytes(pairs[i]), bytes(pairs[i + 1]));
    }
    return state;
  }

  private static Operation put(String key, String value) {
    return new Operation.Put(bytes(key), bytes(value));
  }

  private static Operation delete(String key) {
    return new Operation.Delete(bytes(key));
  }

  /** Gives the value of one key to another, and the first key is gone. */
  private record Rename(String from, String to) implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      Bytes value = model.remove(bytes(from));
      if (value != null) {
        model.put(bytes(to), value);
      }
    }
  }

  private record DeleteAllFrom(String first) implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      model.tailMap(bytes(first), true).clear();
    }
  }

  private void done(Operation operation, Promise promise) {
    history.started(operation);
    history.acknowledged(Ack.of(promise));
  }

  private void assertSound(int operations, Promise survived, NavigableMap<Bytes, Bytes> recovered) {
    assertEquals(new Verdict.Sound(operations), history.judge(history.now(), survived, recovered));
  }

  private String assertBroken(
      Invariant invariant, Promise survived, NavigableMap<Bytes, Bytes> recovered) {
    Verdict.Broken broken =
        assertInstanceOf(Verdict.Broken.class, history.judge(history.now(), survived, recovered));
    assertEquals(invariant, broken.invariant(), broken.detail());
    return broken.detail();
  }

  @Nested
  class TheModel {
    @Test
    void holdsWhatIsAcknowledgedAndNothingThatIsOnlyStarted() {
      done(put("a", "1"), Promise.NOTHING);
      history.started(put("b", "2"));
      assertEquals(state("a", "1", "old", "0"), history.model());
      history.acknowledged(Ack.of(Promise.NOTHING));
      assertEquals(state("a", "1", "b", "2", "old", "0"), history.model());
    }

    @Test
    void isAskedForAndNotChanged() {
      assertThrows(UnsupportedOperationException.class, () -> history.model().remove(bytes("old")));
    }

    @Test
    void followsOperationsThatWorkOnViewsOfIt() {
      done(put("a", "1"), Promise.POWER_LOSS);
      done(put("b", "2"), Promise.POWER_LOSS);
      done(put("c", "3"), Promise.POWER_LOSS);
      done(new DeleteAllFrom("b"), Promise.POWER_LOSS);
      assertEquals(state("a", "1"), history.model());
      assertSound(4, Promise.POWER_LOSS, state("a", "1"));
    }

    @Test
    void forgetsAnOperationThatWasRefused() {
      history.started(delete("old"));
      history.failed(Failure.NOT_APPLIED);
      done(put("a", "1"), Promise.POWER_LOSS);
      assertSound(1, Promise.POWER_LOSS, state("a", "1", "old", "0"));
    }
  }

  @Nested
  class AStateIsAllowed {
    @Test
    void thatHasEverythingAcknowledged() {
      done(put("a", "1"), Promise.POWER_LOSS);
      assertSound(1, Promise.POWER_LOSS, state("a", "1", "old", "0"));
    }

    @Test
    void withOrWithoutTheOperationThatWasUnderWay() {
      history.started(put("a", "1"));
      assertSound(0, Promise.POWER_LOSS, state("old", "0"));
      assertSound(1, Promise.POWER_LOSS, state("a", "1", "old", "0"));
    }

    @Test
    void withOrWithoutAnOperationInDoubt() {
      history.started(put("a", "1"));
      history.failed(Failure.OUTCOME_UNKNOWN);
      assertSound(0, Promise.PROCESS_KILL, state("old", "0"));
      assertSound(1, Promise.PROCESS_KILL, state("a", "1", "old", "0"));
    }

    @Test
    void whichLostWhatWasNotPromisedToSurviveThatCrash() {
      done(put("a", "1"), Promise.POWER_LOSS);
      done(put("b", "2"), Promise.PROCESS_KILL);
      done(put("c", "3"), Promise.NOTHING);
      assertSound(1, Promise.POWER_LOSS, state("a", "1", "old", "0"));
      assertSound(2, Promise.PROCESS_KILL, state("a", "1", "b", "2", "old", "0"));
      assertBroken(Invariant.ACKNOWLEDGED_KEPT, Promise.PROCESS_KILL, state("a", "1", "old", "0"));
    }

    @Test
    void onlyIfALaterAcknowledgementDoesNotSpeakForAnEarlierOperation() {
      done(put("a", "1"), Promise.NOTHING);
      done(put("b", "2"), Promise.POWER_LOSS);
      assertBroken(Invariant.ACKNOWLEDGED_KEPT, Promise.POWER_LOSS, state("a", "1", "old", "0"));
    }

    @Test
    void asOfTheMomentOfTheCrash() {
      Moment before = history.now();
      done(put("a", "1"), Promise.POWER_LOSS);
      assertEquals(
          new Verdict.Sound(0), history.judge(before, Promise.POWER_LOSS, state("old", "0")));
      assertInstanceOf(
          Verdict.Broken.class,
          history.judge(before, Promise.POWER_LOSS, state("a", "1", "old", "0")));
    }
  }

  @Nested
  class AStateThatIsNotAllowed {
    @Test
    void lostAnAcknowledgedOperation() {
      done(put("a", "1"), Promise.POWER_LOSS);
      String detail =
          assertBroken(Invariant.ACKNOWLEDGED_KEPT, Promise.POWER_LOSS, state("old", "0"));
      assertTrue(detail.contains("a: expected 1, found nothing"), detail);
    }

    @Test
    void hasAPartOfAnOperation() {
      done(put("a", "1"), Promise.POWER_LOSS);
      done(put("z", "2"), Promise.POWER_LOSS);
      history.started(new Rename("a", "b"));
      assertBroken(Invariant.ATOMIC, Promise.POWER_LOSS, state("old", "0", "z", "2"));
      assertBroken(
          Invariant.ATOMIC, Promise.POWER_LOSS, state("a", "1", "b", "1", "old", "0", "z", "2"));
    }

    @Test
    void holdsWhatNobodyWrote() {
      done(put("a", "1"), Promise.POWER_LOSS);
      assertBroken(Invariant.NOTHING_FOREIGN, Promise.POWER_LOSS, state("a", "7", "old", "0"));
      assertBroken(
          Invariant.NOTHING_FOREIGN, Promise.POWER_LOSS, state("a", "1", "z", "9", "old", "0"));
    }

    @Test
    void bringsBackWhatWasDeletedOrOverwritten() {
      done(put("a", "1"), Promise.POWER_LOSS);
      done(put("a", "2"), Promise.POWER_LOSS);
      done(delete("old"), Promise.POWER_LOSS);
      done(put("b", "3"), Promise.POWER_LOSS);
      assertBroken(Invariant.NO_RETURN, Promise.POWER_LOSS, state("a", "1", "b", "3"));
      assertBroken(Invariant.NO_RETURN, Promise.POWER_LOSS, state("a", "2", "b", "3", "old", "0"));
    }

    @Test
    void hasALaterOperationWithoutAnEarlierOne() {
      done(put("a", "1"), Promise.NOTHING);
      done(put("b", "2"), Promise.NOTHING);
      done(put("c", "3"), Promise.NOTHING);
      assertBroken(Invariant.PREFIX, Promise.POWER_LOSS, state("a", "1", "c", "3", "old", "0"));
    }

    @Test
    void isShownByAFewOfItsKeys() {
      for (int i = 0; i < 9; i++) {
        done(put("k" + i, "v"), Promise.POWER_LOSS);
      }
      String detail =
          assertBroken(Invariant.ACKNOWLEDGED_KEPT, Promise.POWER_LOSS, state("old", "0"));
      assertEquals(7, detail.lines().count(), detail);
    }
  }

  @Nested
  class AVersion {
    @Test
    void mayBeLeftOut() {
      done(put("a", "1"), Promise.POWER_LOSS);
      assertEquals(0, history.highestVersion());
    }

    @Test
    void isNeverGivenTwice() {
      history.started(put("a", "1"));
      history.acknowledged(new Ack(Promise.POWER_LOSS, 5));
      history.started(put("b", "2"));
      history.acknowledged(new Ack(Promise.POWER_LOSS, 5));
      assertBroken(Invariant.NO_RETURN, Promise.POWER_LOSS, history.model());
    }

    @Test
    void isNotGivenAgainEvenIfItsOperationWasLost() {
      history.started(put("a", "1"));
      history.acknowledged(new Ack(Promise.NOTHING, 5));
      History next = history.resumed(history.now(), 0);
      next.started(put("a", "2"));
      next.acknowledged(new Ack(Promise.NOTHING, 5));
      assertInstanceOf(
          Verdict.Broken.class, next.judge(next.now(), Promise.POWER_LOSS, next.model()));
    }
  }

  @Nested
  class TheNextLife {
    @Test
    void goesOnFromWhatWasRecovered() {
      done(put("a", "1"), Promise.POWER_LOSS);
      done(put("b", "2"), Promise.PROCESS_KILL);
      history.started(put("c", "3"));
      History next = history.resumed(history.now(), 2);
      assertEquals(state("a", "1", "b", "2", "old", "0"), next.model());
      assertEquals(new Moment(2, 2, 1, 0), next.now());
    }

    @Test
    void doesNotMakeAPromiseStrongerUnlessTheDiskIsSettled() {
      done(put("a", "1"), Promise.PROCESS_KILL);
      History resumed = history.resumed(history.now(), 1);
      History settled = history.settled(history.now(), 1);
      NavigableMap<Bytes, Bytes> lost = state("old", "0");
      assertInstanceOf(Verdict.Sound.class, resumed.judge(resumed.now(), Promise.POWER_LOSS, lost));
      assertInstanceOf(
          Verdict.Broken.class, settled.judge(settled.now(), Promise.POWER_LOSS, lost));
    }
  }

  @Nested
  class TheOrderOfCalls {
    @Test
    void isStartThenEnd() {
      assertThrows(
          IllegalStateException.class, () -> history.acknowledged(Ack.of(Promise.NOTHING)));
      history.started(put("a", "1"));
      assertThrows(IllegalStateException.class, () -> history.started(put("b", "2")));
    }
  }
}
