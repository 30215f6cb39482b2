package io.drey.crash.disk;

import io.drey.crash.History;
import io.drey.crash.Invariant;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Verdict;
import io.drey.crash.disk.DiskState.Pending;
import io.drey.crash.disk.Life.Mark;
import io.drey.crash.disk.Recoveries.Outcome;
import io.drey.crash.disk.Recoveries.Recovered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One crash of a life.
 *
 * @param survived what kind it is: the least promise that survives it
 */
record Crash(Life life, int position, CrashState state, Promise survived) {
  /** A kill of the process: nothing is lost. */
  static Crash kill(Life life, int position, DiskState state) {
    List<Fate> kept = Collections.nCopies(state.pending().size(), Fate.KEPT);
    return new Crash(life, position, new CrashState(state, kept), Promise.PROCESS_KILL);
  }

  /** What is wrong with the recovery from this crash, or null. */
  Verdict.@Nullable Broken judge(Recoveries recoveries, DiskImage image, Outcome outcome) {
    if (outcome.broken() != null) {
      return outcome.broken();
    }
    Mark mark = life.at(position);
    if (mark.history().allowed(mark.moment(), survived, outcome.state()).isEmpty()) {
      Recovered recovered = recoveries.recoverAll(image);
      Verdict verdict = mark.history().judge(mark.moment(), survived, recovered.state());
      return verdict instanceof Verdict.Broken broken
          ? broken
          : new Verdict.Broken(
              Invariant.REPEATABLE, "a state that is not allowed, and the next time one that is");
    }
    if (life.repeats(position) && !outcome.state().equals(life.opened())) {
      return new Verdict.Broken(
          Invariant.REPEATABLE,
          "recovered once, and again after a crash: another state, though nothing was done");
    }
    return null;
  }

  /** The same, whether or not the image was recovered from before. */
  Verdict.@Nullable Broken judge(Recoveries recoveries) {
    DiskImage image = state.image();
    Outcome outcome = recoveries.known(image);
    return judge(recoveries, image, outcome == null ? recoveries.recover(image) : outcome);
  }

  /** This crash at another position; an effect that is pending at both has the same fate. */
  Crash at(int other) {
    Map<Pending, Fate> fates = new HashMap<>();
    for (int i = 0; i < state.fates().size(); i++) {
      fates.put(state.state().pending().get(i), state.fates().get(i));
    }
    DiskState there = life.trace().at(other);
    List<Fate> same = new ArrayList<>();
    for (Pending pending : there.pending()) {
      same.add(fates.getOrDefault(pending, Fate.KEPT));
    }
    return new Crash(life, other, new CrashState(there, same), survived);
  }

  Crash with(int index, Fate fate) {
    return new Crash(life, position, state.with(index, fate), survived);
  }

  String where() {
    return "%s at position %d of %d"
        .formatted(
            survived == Promise.PROCESS_KILL ? "kill" : "power loss", position, life.trace().end());
  }

  /** How the disk came to be as it is: earlier lives, operations, and what became of effects. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(life.origin());
    Mark mark = life.at(position);
    if (mark != life.marks().getFirst()) {
      int recovered = life.marks().get(1).moment().started();
      lines.add("open, with the state after operation " + recovered);
      lines.addAll(operations(mark, recovered));
    }
    lines.add(where() + ", pending:");
    lines.addAll(state.lines());
    return lines;
  }

  private static List<String> operations(Mark mark, int recovered) {
    List<String> lines = new ArrayList<>();
    History history = mark.history();
    for (int number = recovered + 1; number <= mark.moment().started(); number++) {
      Operation operation = history.operation(number);
      String promised =
          number <= mark.moment().powerLoss()
              ? "survives a power loss"
              : number <= mark.moment().processKill() ? "survives a kill" : "not promised";
      lines.add("operation %d, %s: %s".formatted(number, promised, operation));
    }
    return lines;
  }
}
