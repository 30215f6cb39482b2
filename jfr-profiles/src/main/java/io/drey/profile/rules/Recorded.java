package io.drey.profile.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.jdk.JdkAttributes;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** What a recording has of Drey. */
final class Recorded {
  private static final String NAMES = "io.drey.";

  private final IItemCollection items;

  Recorded(IItemCollection items) {
    this.items = items;
  }

  /** Whether there is any event of Drey. */
  boolean isOfDrey() {
    for (IItemIterable some : items) {
      if (some.getType().getIdentifier().startsWith(NAMES) && some.hasItems()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the recording was not to have this event. One of which it knows nothing did not happen:
   * its class was never needed.
   */
  boolean isSwitchedOff(String event) {
    String name = NAMES + event;
    boolean isKnown = false;
    for (IItemIterable settings : items.apply(RulesToolkit.getSettingsFilter("enabled", name))) {
      for (IItem setting : settings) {
        isKnown = true;
        if ("true".equals(RulesToolkit.getValue(setting, JdkAttributes.REC_SETTING_VALUE))) {
          return false;
        }
      }
    }
    return isKnown && all(event).isEmpty();
  }

  /** The events of one type, by their beginning. */
  List<Occurrence> all(String event) {
    List<Occurrence> all = new ArrayList<>();
    for (IItemIterable some : items.apply(ItemFilters.type(NAMES + event))) {
      for (IItem item : some) {
        all.add(new Occurrence(item));
      }
    }
    all.sort(Comparator.comparingLong(Occurrence::start));
    return all;
  }

  /** The events of one type by store, each list by their beginning. */
  Map<Long, List<Occurrence>> byStore(String event) {
    return group(all(event), Occurrence::store);
  }

  static <K> Map<K, List<Occurrence>> group(
      List<Occurrence> occurrences, Function<Occurrence, K> key) {
    Map<K, List<Occurrence>> groups = new LinkedHashMap<>();
    for (Occurrence occurrence : occurrences) {
      groups.computeIfAbsent(key.apply(occurrence), k -> new ArrayList<>()).add(occurrence);
    }
    return groups;
  }

  /** From the earliest beginning of any event in the recording to the latest end, at least 1. */
  long nanos() {
    IQuantity from = RulesToolkit.getEarliestStartTime(items);
    IQuantity to = RulesToolkit.getLatestEndTime(items);
    return from == null || to == null ? 1 : Math.max(1, Amounts.nanosBetween(from, to));
  }

  /** Nanoseconds from the first beginning to the last end, at least 1. */
  static long span(List<Occurrence> occurrences) {
    long from = Long.MAX_VALUE;
    long to = Long.MIN_VALUE;
    for (Occurrence occurrence : occurrences) {
      from = Math.min(from, occurrence.start());
      to = Math.max(to, occurrence.end());
    }
    return Math.max(1, to - from);
  }

  static long totalDuration(List<Occurrence> occurrences) {
    return occurrences.stream().mapToLong(Occurrence::duration).sum();
  }
}
