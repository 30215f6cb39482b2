package io.drey.history;

import io.drey.Existing;
import io.drey.history.Operation.Change;
import io.drey.history.Operation.Count;
import io.drey.history.Operation.Reading;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What went wrong, told so that a person can follow it. */
final class Story {
  private static final int LINES_MAX = 40;
  private static final int FACTS_MAX = 12;

  private Story() {}

  /** One operation in one line. */
  static String line(Event event) {
    return "[%d..%d] thread %d: %s %s"
        .formatted(
            event.start(), event.end(), event.thread(), event.call(), text(event.operation()));
  }

  private static String text(Operation operation) {
    return switch (operation) {
      case Reading(List<Fact> facts, List<Span> occupied, List<Count> counts, long moment) ->
          facts.stream().limit(FACTS_MAX).map(Story::text).collect(Collectors.joining(", "))
              + (facts.size() > FACTS_MAX ? " and %d more".formatted(facts.size() - FACTS_MAX) : "")
              + (occupied.isEmpty() ? "" : " some of " + occupied)
              + (counts.isEmpty() ? "" : " " + counts)
              + (moment == 0 ? "" : " behind version " + moment);
      case Change(List<Step> steps, Operation.Outcome outcome) ->
          steps.stream().map(Story::text).collect(Collectors.joining("; ")) + " -> " + outcome;
    };
  }

  private static String text(Fact fact) {
    return "%d is %s%s"
        .formatted(
            fact.key(),
            Values.text(fact.value()),
            fact.version() == 0 ? "" : " at version " + fact.version());
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.Write(int key, long value, Guard guard, long previous) ->
          "%d := %s%s%s".formatted(key, Values.text(value), text(guard), previous(previous));
      case Step.Remove(int key, Guard guard, long previous) ->
          "%d goes%s%s".formatted(key, text(guard), previous(previous));
      case Step.Move(int source, int target, Existing existing) ->
          "%d moves to %d, %s".formatted(source, target, existing);
      case Step.Require(int key, Guard guard) -> "%d is there%s".formatted(key, text(guard));
      case Step.RequireEmpty(Span span) -> "nothing in " + span;
    };
  }

  private static String text(Guard guard) {
    return switch (guard.condition()) {
      case NONE -> "";
      case ABSENT -> " if absent";
      case AT_VERSION -> " if at version " + guard.version();
    };
  }

  private static String previous(long previous) {
    return previous == Fact.UNTOLD ? "" : " (was " + Values.text(previous) + ")";
  }

  /**
   * How far an order was found, and what does not fit behind it.
   *
   * @param blocked the operation that must come next, and cannot
   */
  static String of(Model model, Item[] items, int[] lifted, int liftedSize, Item blocked) {
    Set<Integer> keys = keys(blocked.operation);
    StringBuilder story =
        new StringBuilder(
            "no order explains, behind %d of %d operations,\n  %s\n"
                .formatted(liftedSize, items.length, line(blocked.event)));
    for (int key : keys) {
      story.append(
          "  where key %d, %s, holds %s at version %s, in the best order found\n"
              .formatted(
                  key,
                  model.text(key),
                  Values.text(model.value(key)),
                  version(model.version(key))));
    }
    story.append("  the last changes of these keys in that order:\n");
    boolean[] isLifted = new boolean[items.length];
    int told = 0;
    for (int i = liftedSize - 1; i >= 0; i--) {
      Item item = items[lifted[i]];
      isLifted[lifted[i]] = true;
      if (told < LINES_MAX / 4 && !item.isPassive() && touches(item, keys)) {
        story.append("    ").append(line(item.event)).append('\n');
        told++;
      }
    }
    story.append("  operations on them that have no place yet:\n");
    told = 0;
    for (int i = 0; i < items.length; i++) {
      if (!isLifted[i]
          && told < LINES_MAX
          && touches(items[i], keys)
          && items[i].event.start() < blocked.event.end()) {
        story.append("    ").append(line(items[i].event)).append('\n');
        told++;
      }
    }
    return story.toString();
  }

  /** Which change has to come before all others of known versions. */
  static String next(Event event, long version) {
    return "  of the changes with known versions the next has %d:\n    %s\n"
        .formatted(version, line(event));
  }

  private static String version(long version) {
    return version == 0 ? "unknown" : Long.toString(version);
  }

  private static boolean touches(Item item, Set<Integer> keys) {
    return keys(item.operation).stream().anyMatch(keys::contains);
  }

  private static Set<Integer> keys(Operation operation) {
    Set<Integer> keys = new TreeSet<>();
    switch (operation) {
      case Reading reading -> {
        reading.facts().forEach(fact -> keys.add(fact.key()));
        reading.occupied().forEach(span -> add(keys, span));
        reading.counts().forEach(count -> add(keys, count.span()));
      }
      case Change change -> {
        for (Step step : change.steps()) {
          keys.add(step.key());
          if (step instanceof Step.Move move) {
            keys.add(move.source());
          } else if (step instanceof Step.RequireEmpty(Span span)) {
            add(keys, span);
          }
        }
      }
    }
    return keys;
  }

  private static void add(Set<Integer> keys, Span span) {
    for (int key = span.from(); key < span.to(); key++) {
      keys.add(key);
    }
  }
}
