package io.drey.history;

import io.drey.history.Operation.Change;
import io.drey.history.Operation.Outcome;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The versions of changes, found from what reads told: a version is the place of a change in the
 * one order of all changes, so known versions are the order to check.
 *
 * <p>A read of (key, value, version) tells the version of the step that put the value under the
 * key: the write of the value, or a move to the key that may have carried it. Where more than one
 * step may have done so, nothing is concluded. The steps of a batch have versions in a row, so one
 * known version tells those beside it, up to a step of which nobody knows whether it did anything.
 */
final class Witness {
  private record Place(Event event, int step) {}

  private record Found(Fact fact, Event reader) {}

  private final Keyspace keys;
  private final long[] firstValues;
  private final long[] firstVersions;
  private final Map<Long, Place> writers = new HashMap<>();
  private final Map<Integer, List<Place>> movesTo = new HashMap<>();
  private final Map<Event, long[]> versions = new IdentityHashMap<>();
  private final Map<Long, Fact> named = new HashMap<>();
  private final Map<Long, Found> found = new HashMap<>();

  private Witness(Keyspace keys, long[] firstValues, long[] firstVersions) {
    this.keys = keys;
    this.firstValues = firstValues;
    this.firstVersions = firstVersions;
  }

  /**
   * Finds what is to be found.
   *
   * @throws IllegalHistory if what was told of versions cannot be
   */
  static Witness of(Keyspace keys, long[] values, long[] versions, List<Event> events) {
    Witness witness = new Witness(keys, values, versions);
    for (int key = 0; key < values.length; key++) {
      if (values[key] != Fact.ABSENT) {
        witness.named.put(versions[key], new Fact(key, values[key], versions[key]));
      }
    }
    events.forEach(witness::collectSteps);
    events.forEach(witness::collectFacts);
    witness.found.values().forEach(witness::conclude);
    events.forEach(witness::spread);
    witness.checkOrder();
    return witness;
  }

  /** Which record a version that was told belongs to. */
  Map<Long, Fact> named() {
    return named;
  }

  /** The versions of the steps of a change that took place, 0 = not known. */
  long[] versions(Event event) {
    long[] known = versions.get(event);
    return known != null ? known : new long[((Change) event.operation()).steps().size()];
  }

  /** The event that wrote a value; null = it was there in the beginning, or nobody did. */
  Event writer(long value) {
    Place place = writers.get(value);
    return place == null ? null : place.event();
  }

  private void collectSteps(Event event) {
    if (!(event.operation() instanceof Change change) || change.outcome() != Outcome.DONE) {
      return;
    }
    for (int i = 0; i < change.steps().size(); i++) {
      Place place = new Place(event, i);
      switch (change.steps().get(i)) {
        case Step.Write write -> writers.put(write.value(), place);
        case Step.Move move when !move.isIdle() ->
            movesTo.computeIfAbsent(move.target(), _ -> new ArrayList<>()).add(place);
        case Step.Move _, Step.Remove _, Step.Require _, Step.RequireEmpty _ -> {}
      }
    }
  }

  private void collectFacts(Event event) {
    if (!(event.operation() instanceof Reading reading)) {
      return;
    }
    for (Fact fact : reading.facts()) {
      if (fact.version() == 0) {
        continue;
      }
      Fact before = named.get(fact.version());
      if (before != null && !agree(before, fact)) {
        throw new IllegalHistory(
            "version %d is that of %s and of %s; the second by %s"
                .formatted(fact.version(), text(before), text(fact), Story.line(event)));
      }
      if (before == null || !before.namesValue()) {
        named.put(fact.version(), fact);
      }
      if (fact.namesValue()) {
        found.merge(
            fact.version(),
            new Found(fact, event),
            (a, b) -> a.reader().end() <= b.reader().end() ? a : b);
      }
    }
  }

  private static boolean agree(Fact a, Fact b) {
    return a.key() == b.key() && (!a.namesValue() || !b.namesValue() || a.value() == b.value());
  }

  private String text(Fact fact) {
    return keys.text(fact.key()) + " = " + Values.text(fact.value());
  }

  private void conclude(Found one) {
    Fact fact = one.fact();
    int key = fact.key();
    if (firstValues[key] == fact.value() && firstVersions[key] == fact.version()) {
      return;
    }
    Place writer = writers.get(fact.value());
    long since = writer == null ? Long.MIN_VALUE : writer.event().start();
    Place only = null;
    int candidates = 0;
    if (writer != null && step(writer).key() == key) {
      only = writer;
      candidates++;
    }
    for (Place move : movesTo.getOrDefault(key, List.of())) {
      if (move.event().end() > since && move.event().start() < one.reader().end()) {
        only = move;
        candidates++;
      }
    }
    if (candidates == 0) {
      throw new IllegalHistory(
          "nobody can have given version %d to %s, which was read by %s"
              .formatted(fact.version(), text(fact), Story.line(one.reader())));
    }
    if (candidates == 1) {
      bind(only, fact.version());
    }
  }

  private static Step step(Place place) {
    return ((Change) place.event().operation()).steps().get(place.step());
  }

  private void bind(Place place, long version) {
    long[] known = versions.computeIfAbsent(place.event(), this::versions);
    if (known[place.step()] != 0 && known[place.step()] != version) {
      throw new IllegalHistory(
          "step %d has the versions %d and %d: %s"
              .formatted(place.step(), known[place.step()], version, Story.line(place.event())));
    }
    known[place.step()] = version;
  }

  /** Lets the known versions of a batch tell those beside them. */
  private void spread(Event event) {
    long[] known = versions.get(event);
    if (known == null) {
      return;
    }
    List<Step> steps = ((Change) event.operation()).steps();
    for (int turn = 0; turn < 2; turn++) {
      int direction = turn == 0 ? 1 : -1;
      long version = 0;
      for (int n = 0; n < known.length; n++) {
        int i = direction > 0 ? n : known.length - 1 - n;
        switch (takesVersion(steps.get(i))) {
          case NEVER -> {}
          case PERHAPS -> version = 0;
          case ALWAYS -> {
            version = version == 0 ? 0 : version + direction;
            if (version != 0) {
              bind(new Place(event, i), version);
            }
            version = known[i];
          }
        }
      }
    }
  }

  private enum Takes {
    NEVER,
    PERHAPS,
    ALWAYS
  }

  private static Takes takesVersion(Step step) {
    return switch (step) {
      case Step.Write _ -> Takes.ALWAYS;
      case Step.Remove remove ->
          remove.guard().condition() == Guard.Condition.AT_VERSION ? Takes.ALWAYS : Takes.PERHAPS;
      case Step.Move move -> move.isIdle() ? Takes.NEVER : Takes.ALWAYS;
      case Step.Require _, Step.RequireEmpty _ -> Takes.NEVER;
    };
  }

  /** Known versions go with time: what ended before another began has the lower one. */
  private void checkOrder() {
    record Known(long version, Event event) {}
    List<Known> order = new ArrayList<>();
    versions.forEach((event, known) -> {
      for (long version : known) {
        if (version != 0) {
          order.add(new Known(version, event));
        }
      }
    });
    order.sort((a, b) -> Long.compare(a.version(), b.version()));
    Set<Event> passed = Collections.newSetFromMap(new IdentityHashMap<>());
    Known latest = null;
    for (int i = 0; i < order.size(); i++) {
      Known now = order.get(i);
      if (i > 0 && order.get(i - 1).version() == now.version()) {
        throw new IllegalHistory(
            "version %d was given twice:\n  %s\n  %s"
                .formatted(
                    now.version(), Story.line(order.get(i - 1).event()), Story.line(now.event())));
      }
      if (!passed.add(now.event()) && order.get(i - 1).event() != now.event()) {
        throw new IllegalHistory(
            "version %d lies between the steps of a batch:\n  %s\n  %s"
                .formatted(
                    order.get(i - 1).version(),
                    Story.line(order.get(i - 1).event()),
                    Story.line(now.event())));
      }
      if (latest != null && now.event().isBefore(latest.event())) {
        throw new IllegalHistory(
            "the change with version %d ended before the one with version %d began:\n  %s\n  %s"
                .formatted(
                    now.version(),
                    latest.version(),
                    Story.line(now.event()),
                    Story.line(latest.event())));
      }
      if (latest == null || now.event().start() > latest.event().start()) {
        latest = now;
      }
    }
  }
}
