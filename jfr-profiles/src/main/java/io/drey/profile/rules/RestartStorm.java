package io.drey.profile.rules;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Walks meet changes of one blob again and again. */
public final class RestartStorm extends StoreRule {
  private static final long MANY = 1_000;

  // Restarts a second of one blob.
  private static final double NOTABLE_RATE = 1_000;
  private static final double BAD_RATE = 50_000;

  private static final TypedResult<IQuantity> BLOB = Amounts.count("blob", "Blob");
  private static final TypedResult<IQuantity> RESTARTS = Amounts.count("restarts", "Restarts");
  private static final TypedResult<IQuantity> RATE = Amounts.count("rate", "Restarts a Second");
  private static final TypedResult<IQuantity> ALL = Amounts.share("part", "Part of All Restarts");
  private static final TypedResult<String> REASON = Amounts.text("reason", "Most Frequent Reason");

  public RestartStorm() {
    super(
        "DreyRestartStorm",
        "Latch Restarts",
        List.of(BLOB, RESTARTS, RATE, ALL, REASON),
        "LatchRestart");
  }

  private record Place(long store, long blob) {}

  @Override
  Verdict judge(Recorded recorded) {
    List<Occurrence> restarts = recorded.all("LatchRestart");
    Map<Place, List<Occurrence>> places =
        Recorded.group(restarts, at -> new Place(at.store(), at.number("blob")));
    long all = places.values().stream().mapToLong(RestartStorm::count).sum();
    return worst(places.entrySet(), place -> judge(place.getKey().blob(), place.getValue(), all))
        .orElse(Verdict.good("No walk had to begin anew."));
  }

  /** Events are throttled, the count in them is not. */
  private static long count(List<Occurrence> restarts) {
    long least = Long.MAX_VALUE;
    long most = 0;
    for (Occurrence restart : restarts) {
      least = Math.min(least, restart.number("restarts"));
      most = Math.max(most, restart.number("restarts"));
    }
    return most - least + 1;
  }

  private static Verdict judge(long blob, List<Occurrence> restarts, long all) {
    long count = count(restarts);
    double rate = count * 1e9 / Recorded.span(restarts);
    if (count < MANY) {
      return Verdict.good("Few walks had to begin anew.");
    }
    return Verdict.of(
            rate,
            NOTABLE_RATE,
            BAD_RATE,
            "Walks began anew {restarts} times at blob {blob}, {rate} times a second.")
        .evidence(
            "Latch Restart events of this blob: {part} of all restarts, most often because it was"
                + " {reason}. The events are throttled, the count in them is not.")
        .change(
            "Keys of this blob change while others in it are read. Put changes of the same keys"
                + " into one Tree.atomic call, use fewer threads for them, or give what changes"
                + " often a prefix of its own: then it is a blob of its own when it has grown.")
        .with(BLOB, Amounts.count(blob))
        .with(RESTARTS, Amounts.count(count))
        .with(RATE, Amounts.count((long) rate))
        .with(ALL, Amounts.share((double) count / all))
        .with(REASON, reason(restarts));
  }

  private static String reason(List<Occurrence> restarts) {
    return Recorded.group(restarts, restart -> restart.text("reason")).entrySet().stream()
        .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
        .map(most -> most.getKey().toLowerCase(Locale.ROOT))
        .orElse("");
  }
}
