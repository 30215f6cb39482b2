package io.drey.stress;

import io.drey.stress.Trial.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts tests and canaries to jcstress, and those again that have not shown yet what they must.
 *
 * <p>What may never be seen fails at the first sight. What must be seen is a matter of chance, and
 * of what else the machine does: it fails only if so many rounds have not shown it.
 */
final class Rounds {
  private static final int ROUNDS = 10;

  private final Jcstress jcstress;

  Rounds(Jcstress jcstress) {
    this.jcstress = jcstress;
  }

  /** What is wrong with the tests as they are: something forbidden, or threads that never meet. */
  List<String> wrong(List<String> subjects) throws IOException {
    List<String> wrong = new ArrayList<>();
    Map<String, Set<String>> unseen = new HashMap<>();
    List<String> next = subjects;
    for (int round = 0; round < ROUNDS && !next.isEmpty(); round++) {
      for (var entry : jcstress.run(trials(next)).entrySet()) {
        Trial trial = entry.getKey();
        Sighting seen = entry.getValue();
        print(trial, seen);
        if (!seen.forbidden().isEmpty()) {
          wrong.add(trial + ": " + seen.forbidden());
        }
        unseen
            .computeIfAbsent(trial.subject(), _ -> new HashSet<>(seen.unseen()))
            .retainAll(seen.unseen());
      }
      unseen.values().removeIf(Set::isEmpty);
      next = List.copyOf(unseen.keySet());
    }
    unseen.forEach((subject, outcomes) -> wrong.add(subject + ": never saw " + outcomes));
    return wrong;
  }

  private static List<Trial> trials(List<String> subjects) {
    List<Trial> trials = new ArrayList<>();
    for (String subject : subjects) {
      for (Order order : Order.values()) {
        trials.add(Trial.asItIs(subject, order));
      }
    }
    return trials;
  }

  /** The canaries that have shown nothing forbidden. */
  List<Canary> uncaught(List<Canary> canaries) throws IOException {
    List<Canary> left = new ArrayList<>(canaries);
    for (int round = 0; round < ROUNDS && !left.isEmpty(); round++) {
      List<Trial> trials = left.stream().map(c -> Trial.of(c, Order.SHUFFLED)).toList();
      for (var entry : jcstress.run(trials).entrySet()) {
        print(entry.getKey(), entry.getValue());
        if (!entry.getValue().forbidden().isEmpty()) {
          left.remove(entry.getKey().canary());
        }
      }
    }
    return left;
  }

  static void print(Trial trial, Sighting seen) {
    long forbidden = seen.forbidden().values().stream().mapToLong(count -> count).sum();
    System.out.printf("%,12d samples, %,9d forbidden: %s%n", seen.samples(), forbidden, trial);
  }
}
