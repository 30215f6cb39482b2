package io.drey.history;

import io.drey.history.Operation.Change;
import io.drey.history.Operation.Outcome;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all workers did between two moments of rest.
 *
 * @param values what each key holds in the beginning, by its number, {@link Fact#ABSENT} = nothing
 * @param versions the versions that go with it
 * @param events everything, in any order; reads of the state at the end among them
 */
record History(Keyspace keys, long[] values, long[] versions, List<Event> events) {

  /**
   * Whether some order of the operations explains every result, with each operation at a moment
   * between its begin and its end, and changes in the order of their versions.
   */
  Verdict check() {
    try {
      Witness witness = Witness.of(keys, values, versions, events);
      Model model = model(witness);
      List<Item> items = items(witness);
      Search search = new Search(model, items);
      Verdict.Outcome outcome = search.run();
      return outcome == Verdict.Outcome.EXPLAINED
          ? new Verdict(outcome, search.steps(), "")
          : new Verdict(
              outcome, search.steps(), new Search(model(witness), items).story(search.deepest()));
    } catch (IllegalHistory e) {
      return new Verdict(Verdict.Outcome.WRONG, 0, String.valueOf(e.getMessage()));
    }
  }

  private Model model(Witness witness) {
    return new Model(keys, values, versions, witness.named());
  }

  private List<Item> items(Witness witness) {
    BitSet touched = touched();
    Set<Long> first = Arrays.stream(values).boxed().collect(Collectors.toSet());
    List<Item> items = new ArrayList<>();
    for (Event event : events) {
      switch (event.operation()) {
        case Reading reading -> {
          Reading rest = unsettled(event, reading, touched);
          if (!rest.facts().isEmpty() || !rest.occupied().isEmpty() || !rest.counts().isEmpty()) {
            items.add(new Item(event, rest, new long[0], demands(event, rest, witness, first)));
          }
        }
        case Change change ->
            items.add(
                new Item(event, change, witness.versions(event), demands(change, witness.named())));
      }
    }
    return items;
  }

  /** The keys that some change may have changed. */
  private BitSet touched() {
    BitSet touched = new BitSet(keys.size());
    for (Event event : events) {
      if (event.operation() instanceof Change change && change.outcome() == Outcome.DONE) {
        for (Step step : change.steps()) {
          if (step instanceof Step.Move move) {
            touched.set(move.source());
          }
          touched.set(step.key());
        }
      }
    }
    return touched;
  }

  /** Checks at once what was told of keys that never change, and leaves the rest. */
  private Reading unsettled(Event event, Reading reading, BitSet touched) {
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : reading.facts()) {
      if (touched.get(fact.key())) {
        facts.add(fact);
      } else if (!isFirst(fact)) {
        throw new IllegalHistory(
            "%s holds %s at version %d throughout, and was read as %s at version %d by %s"
                .formatted(
                    keys.text(fact.key()),
                    Values.text(values[fact.key()]),
                    versions[fact.key()],
                    Values.text(fact.value()),
                    fact.version(),
                    Story.line(event)));
      }
    }
    List<Span> occupied = new ArrayList<>();
    for (Span span : reading.occupied()) {
      if (!isOccupiedThroughout(span, touched)) {
        occupied.add(span);
      }
    }
    return new Reading(facts, occupied, reading.counts(), reading.moment());
  }

  private boolean isFirst(Fact fact) {
    long value = values[fact.key()];
    if (value == Fact.ABSENT || fact.value() == Fact.ABSENT) {
      return value == fact.value();
    }
    return (fact.value() == Fact.PRESENT || fact.value() == value)
        && (fact.version() == 0 || fact.version() == versions[fact.key()]);
  }

  private boolean isOccupiedThroughout(Span span, BitSet touched) {
    for (int key = span.from(); key < span.to(); key++) {
      if (!touched.get(key) && values[key] != Fact.ABSENT) {
        return true;
      }
    }
    return false;
  }

  /** The values a read saw; each was written by somebody who had begun when the read ended. */
  private long[] demands(Event event, Reading reading, Witness witness, Set<Long> first) {
    for (Fact fact : reading.facts()) {
      if (fact.namesValue()) {
        checkWriter(event, fact.value(), witness, first);
      }
    }
    return reading.facts().stream()
        .filter(Fact::namesValue)
        .mapToLong(Fact::value)
        .distinct()
        .toArray();
  }

  private void checkWriter(Event event, long value, Witness witness, Set<Long> first) {
    Event writer = witness.writer(value);
    if (writer != null && event.isBefore(writer)) {
      throw new IllegalHistory(
          "a read from the future: %s\n  read what was written by %s"
              .formatted(Story.line(event), Story.line(writer)));
    }
    if (writer == null && !first.contains(value)) {
      throw new IllegalHistory(
          "the value %s was written by nobody, or by a change that was refused, or was gone before,"
              + " and is read by %s".formatted(Values.text(value), Story.line(event)));
    }
  }

  private static long[] demands(Change change, Map<Long, Fact> named) {
    if (change.outcome() != Outcome.DONE) {
      return new long[0];
    }
    List<Long> demands = new ArrayList<>();
    for (Step step : change.steps()) {
      switch (step) {
        case Step.Write(int key, _, Guard guard, long previous) ->
            add(demands, key, guard, previous, named);
        case Step.Remove(int key, Guard guard, long previous) ->
            add(demands, key, guard, previous, named);
        case Step.Require(int key, Guard guard) -> add(demands, key, guard, Fact.UNTOLD, named);
        case Step.Move _, Step.RequireEmpty _ -> {}
      }
    }
    return demands.stream().mapToLong(Long::longValue).distinct().toArray();
  }

  private static void add(
      List<Long> demands, int key, Guard guard, long previous, Map<Long, Fact> named) {
    if (previous > 0) {
      demands.add(previous);
    } else if (guard.condition() == Guard.Condition.AT_VERSION) {
      Fact fact = named.get(guard.version());
      if (fact != null && fact.key() == key && fact.namesValue()) {
        demands.add(fact.value());
      }
    }
  }
}
