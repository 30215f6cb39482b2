package io.drey.history;

import io.drey.history.Operation.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks for an order of all operations that keeps to real time and explains every result: the
 * search of J. M. Wing and C. Gong, "Testing and Verifying Concurrent Objects" (JPDC 1993), with
 * the remembered states of G. Lowe, "Testing for linearizability" (CCPE 2017).
 *
 * <p>It runs over all keys at once, since batches and moves tie keys together, and stays near
 * linear by what it leaves out:
 *
 * <ul>
 *   <li>a read whose result is right now is put in the order at once: it changes nothing, so that
 *       never hurts;
 *   <li>changes with known versions come in the order of their versions alone;
 *   <li>values are never written twice, so a change that destroys a value somebody still has to see
 *       is a dead end.
 * </ul>
 */
final class Search {
  /** What is looked at in the hope of an order before the search gives up. */
  static final long STEPS_MAX = 20_000_000;

  /** Where the search stands: changes to try, and what to take back when none is left. */
  private static final class Branch {
    final int liftedBefore;
    final int modelBefore;
    final int[] candidates;
    int next;

    Branch(int liftedBefore, int modelBefore, int[] candidates) {
      this.liftedBefore = liftedBefore;
      this.modelBefore = modelBefore;
      this.candidates = candidates;
    }
  }

  private final Model model;
  private final Item[] items;
  private final Timeline timeline;
  private final Map<Long, int[]> demanded = new HashMap<>();
  private final SeenStates seen = new SeenStates();
  private final long[] marks;

  /** The changes with known versions in their order, and how many of them have their place. */
  private int[] known = {};

  private int nextKnown;
  private long setHash;
  private long steps;
  private final int[] lifted;
  private int liftedSize;
  private int deepest = -1;

  Search(Model model, List<Item> items) {
    this.model = model;
    this.items = items.toArray(Item[]::new);
    this.timeline = new Timeline(items);
    this.lifted = new int[this.items.length];
    this.marks = new long[this.items.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = Values.mix(i + 0x9E3779B97F4A7C15L);
      for (long value : this.items[i].demands) {
        demanded.computeIfAbsent(value, _ -> new int[1])[0]++;
      }
    }
    rank();
  }

  private void rank() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      if (items[i].knownVersion() != 0) {
        order.add(i);
      }
    }
    order.sort((a, b) -> Long.compare(items[a].knownVersion(), items[b].knownVersion()));
    known = order.stream().mapToInt(Integer::intValue).toArray();
    for (int rank = 0; rank < known.length; rank++) {
      items[known[rank]].rank = rank;
    }
    for (Item item : items) {
      if (item.moment() != 0) {
        item.knownBefore =
            (int)
                Arrays.stream(known).filter(i -> items[i].knownVersion() <= item.moment()).count();
      }
    }
  }

  /** How many changes were tried. */
  long steps() {
    return steps;
  }

  /** The most operations in a row that were found a place for. */
  int deepest() {
    return deepest;
  }

  Verdict.Outcome run() {
    return run(Integer.MAX_VALUE);
  }

  /**
   * Searches again, up to the first place where so many operations are in order, and tells what
   * does not fit there. For a fresh search over what another one has failed at.
   */
  String story(int depth) {
    run(depth);
    Item blocked = items[timeline.firstEnding()];
    String story = Story.of(model, items, lifted, liftedSize, blocked);
    return nextKnown == known.length || blocked.rank == nextKnown
        ? story
        : story + Story.next(items[known[nextKnown]].event, items[known[nextKnown]].knownVersion());
  }

  private Verdict.Outcome run(int depth) {
    List<Branch> branches = new ArrayList<>();
    absorb();
    branches.add(branch(0, model.mark()));
    while (!branches.isEmpty()) {
      deepest = Math.max(deepest, liftedSize);
      if (timeline.isEmpty() || deepest >= depth) {
        return Verdict.Outcome.EXPLAINED;
      }
      Branch branch = branches.getLast();
      if (branch.next == branch.candidates.length) {
        branches.removeLast();
        takeBack(branch.liftedBefore, branch.modelBefore);
        continue;
      }
      if (++steps > STEPS_MAX) {
        return Verdict.Outcome.UNDECIDED;
      }
      int item = branch.candidates[branch.next++];
      int liftedBefore = liftedSize;
      int modelBefore = model.mark();
      if (apply(item)) {
        absorb();
        branches.add(branch(liftedBefore, modelBefore));
      } else {
        takeBack(liftedBefore, modelBefore);
      }
    }
    return Verdict.Outcome.WRONG;
  }

  /** Puts a change next; false = it cannot be, or led here before. */
  private boolean apply(int number) {
    Item item = items[number];
    if (!model.run((Change) item.operation, item.versions)) {
      return false;
    }
    lift(number);
    for (int i = 0; i < model.destroyed(); i++) {
      int[] waiting = demanded.get(model.destroyed(i));
      if (waiting != null && waiting[0] > 0) {
        return false;
      }
    }
    return seen.add(Values.mix(setHash) ^ model.hash());
  }

  /** Puts every read next whose result is right. */
  private void absorb() {
    int at = timeline.first();
    while (timeline.isCall(at)) {
      int number = timeline.item(at);
      int before = timeline.before(at);
      if (isRightNow(items[number])) {
        lift(number);
        at = timeline.after(before);
      } else {
        at = timeline.after(at);
      }
    }
  }

  private boolean isRightNow(Item item) {
    return item.isPassive()
        && (item.knownBefore < 0 || item.knownBefore == nextKnown)
        && model.agrees(item.operation);
  }

  /** What may come next: by the time they ended, but first what the others wait for. */
  private Branch branch(int liftedBefore, int modelBefore) {
    if (timeline.isEmpty()) {
      return new Branch(liftedBefore, modelBefore, new int[0]);
    }
    List<Integer> candidates = new ArrayList<>();
    for (int at = timeline.first(); timeline.isCall(at); at = timeline.after(at)) {
      Item item = items[timeline.item(at)];
      if (!item.isPassive() && (item.rank < 0 || item.rank == nextKnown)) {
        candidates.add(timeline.item(at));
      }
    }
    candidates.sort((a, b) -> Long.compare(items[a].event.end(), items[b].event.end()));
    Item blocked = items[timeline.firstEnding()];
    for (int i = 1; i < candidates.size(); i++) {
      if (writesWhat(items[candidates.get(i)], blocked)) {
        candidates.addFirst(candidates.remove(i));
        break;
      }
    }
    return new Branch(
        liftedBefore, modelBefore, candidates.stream().mapToInt(Integer::intValue).toArray());
  }

  private static boolean writesWhat(Item item, Item blocked) {
    for (Step step : ((Change) item.operation).steps()) {
      if (step instanceof Step.Write write) {
        for (long value : blocked.demands) {
          if (value == write.value()) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private void lift(int number) {
    timeline.lift(number);
    lifted[liftedSize++] = number;
    setHash ^= marks[number];
    Item item = items[number];
    if (item.rank >= 0) {
      nextKnown++;
    }
    for (long value : item.demands) {
      demanded.get(value)[0]--;
    }
  }

  private void takeBack(int liftedBefore, int modelBefore) {
    while (liftedSize > liftedBefore) {
      int number = lifted[--liftedSize];
      timeline.unlift(number);
      setHash ^= marks[number];
      Item item = items[number];
      if (item.rank >= 0) {
        nextKnown--;
      }
      for (long value : item.demands) {
        demanded.get(value)[0]++;
      }
    }
    model.back(modelBefore);
  }
}
