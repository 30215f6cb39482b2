package io.drey.crash;

import io.drey.crash.History.Change;
import io.drey.crash.History.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Why a recovered state is none that a history allows. Walks along the chain once, keeping the set
 * of keys whose value differs from what was recovered.
 */
final class Difference {
  private static final int SHOWN_KEYS = 5;

  private final List<Step> steps;
  private final int lower;
  private final int upper;
  private final NavigableMap<Bytes, Bytes> initial;
  private final NavigableMap<Bytes, Bytes> recovered;

  /** Every value a key ever had, in the chain as far as it was started. */
  private final Map<Bytes, Set<Bytes>> written = new HashMap<>();

  /** Every value of a key, absence included, in an allowed state; only of keys that change. */
  private final Map<Bytes, Set<@Nullable Bytes>> plausible = new HashMap<>();

  private final TreeMap<Bytes, Bytes> state;
  private final TreeSet<Bytes> differing = new TreeSet<>();

  /** The allowed prefix with the fewest differing keys, these keys, and their values in it. */
  private int nearest;

  private SortedSet<Bytes> nearestKeys = new TreeSet<>();
  private final Map<Bytes, @Nullable Bytes> expected = new HashMap<>();

  /** A prefix, shorter than allowed, that is exactly what was recovered; -1 if there is none. */
  private int earlier = -1;

  /** An operation of which a part is there: its number, counted from 1; 0 if there is none. */
  private int torn;

  Difference(
      NavigableMap<Bytes, Bytes> initial,
      List<Step> steps,
      Moment crash,
      Promise survived,
      NavigableMap<Bytes, Bytes> recovered) {
    this.initial = initial;
    this.steps = steps;
    this.lower = crash.kept(survived);
    this.upper = crash.started();
    this.recovered = recovered;
    this.state = new TreeMap<>(initial);
  }

  Verdict.Broken classify() {
    walk();
    if (earlier >= 0) {
      return broken(
          Invariant.ACKNOWLEDGED_KEPT,
          "the state after %d operations, but %d were acknowledged; lost first: %s"
              .formatted(earlier, lower, steps.get(earlier).operation()));
    }
    if (torn > 0) {
      return broken(
          Invariant.ATOMIC,
          "a part of operation %d: %s".formatted(torn, steps.get(torn - 1).operation()));
    }
    for (Bytes key : nearestKeys) {
      Bytes found = recovered.get(key);
      if (found != null && !written.getOrDefault(key, Set.of()).contains(found)) {
        return broken(Invariant.NOTHING_FOREIGN, "nobody ever wrote %s = %s".formatted(key, found));
      }
    }
    for (Bytes key : nearestKeys) {
      Bytes found = recovered.get(key);
      if (found != null && !isPlausible(key, found)) {
        return broken(
            Invariant.NO_RETURN, "deleted or overwritten, and back: %s = %s".formatted(key, found));
      }
    }
    return broken(
        Invariant.PREFIX,
        "no state after %d to %d operations; the nearest is after %d"
            .formatted(lower, upper, nearest));
  }

  private void walk() {
    initial.forEach((key, value) -> written(key).add(value));
    differing.addAll(recovered.keySet());
    differing.addAll(initial.keySet());
    differing.removeIf(this::agrees);
    note(0);
    for (int i = 0; i < upper; i++) {
      Step step = steps.get(i);
      lookForAPartOf(i);
      for (Change change : step.changes()) {
        History.set(state, change.key(), change.after());
        if (change.after() != null) {
          written(change.key()).add(change.after());
        }
        if (agrees(change.key())) {
          differing.remove(change.key());
        } else {
          differing.add(change.key());
        }
        if (i >= lower) {
          Set<@Nullable Bytes> values =
              plausible.computeIfAbsent(change.key(), _ -> new HashSet<>());
          values.add(change.before());
          values.add(change.after());
        }
      }
      note(i + 1);
    }
  }

  private void note(int operations) {
    if (operations < lower) {
      earlier = differing.isEmpty() ? operations : earlier;
    } else if (operations == lower || differing.size() < nearestKeys.size()) {
      nearest = operations;
      nearestKeys = new TreeSet<>(differing);
      expected.clear();
      differing.forEach(key -> expected.put(key, state.get(key)));
    }
  }

  /** Whether all that differs is done by the next step, which also does something else. */
  private void lookForAPartOf(int index) {
    Map<Bytes, @Nullable Bytes> after = new HashMap<>();
    for (Change change : steps.get(index).changes()) {
      after.put(change.key(), change.after());
    }
    boolean part = !differing.isEmpty() && differing.size() < after.size();
    for (Bytes key : differing) {
      part = part && after.containsKey(key) && Objects.equals(after.get(key), recovered.get(key));
    }
    if (part && (torn == 0 || index >= lower)) {
      torn = index + 1;
    }
  }

  private boolean agrees(Bytes key) {
    return Objects.equals(state.get(key), recovered.get(key));
  }

  private Set<Bytes> written(Bytes key) {
    return written.computeIfAbsent(key, _ -> new HashSet<>());
  }

  private boolean isPlausible(Bytes key, Bytes value) {
    Set<@Nullable Bytes> values = plausible.get(key);
    return values != null && values.contains(value);
  }

  private Verdict.Broken broken(Invariant invariant, String reason) {
    List<String> lines = new ArrayList<>();
    lines.add(reason);
    for (Bytes key : nearestKeys.stream().limit(SHOWN_KEYS).toList()) {
      lines.add(
          "%s: expected %s, found %s"
              .formatted(key, shown(expected.get(key)), shown(recovered.get(key))));
    }
    if (nearestKeys.size() > SHOWN_KEYS) {
      lines.add("and %d more keys".formatted(nearestKeys.size() - SHOWN_KEYS));
    }
    return new Verdict.Broken(invariant, String.join(System.lineSeparator(), lines));
  }

  private static String shown(@Nullable Bytes value) {
    return value == null ? "nothing" : value.toString();
  }
}
