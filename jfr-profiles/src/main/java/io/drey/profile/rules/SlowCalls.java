package io.drey.profile.rules;

import java.util.List;
import java.util.Map;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Calls took long, and one kind of step is why. */
public final class SlowCalls extends StoreRule {
  private static final int ENOUGH_CALLS = 10;

  /** A call below is not slow, whatever the threshold of the recording. */
  private static final long SLOW_NANOS = 10_000_000;

  // Time of slow calls to the time of the recording.
  private static final double NOTABLE_SHARE = 0.1;
  private static final double BAD_SHARE = 1;

  private static final Map<String, String> STEPS =
      Map.of(
          "Back-Pressure", "pace",
          "Journal", "journal",
          "Memory", "memory",
          "Load", "load",
          "Gate", "gate",
          "Conflicts", "conflicts",
          "Acknowledge", "acknowledge",
          "Other", "other");

  private static final TypedResult<IQuantity> CALLS = Amounts.count("calls", "Slow Calls");
  private static final TypedResult<IQuantity> LONGEST = Amounts.span("longest", "Longest Call");
  private static final TypedResult<IQuantity> TOTAL = Amounts.span("total", "All Slow Calls");
  private static final TypedResult<String> STEP = Amounts.text("step", "Dominant Step");
  private static final TypedResult<IQuantity> STEP_SHARE =
      Amounts.share("stepShare", "Share of the Step");

  public SlowCalls() {
    super(
        "DreySlowCalls",
        "Slow Calls",
        List.of(CALLS, LONGEST, TOTAL, STEP, STEP_SHARE),
        "SlowOperation");
  }

  @Override
  Verdict judge(Recorded recorded) {
    long nanos = recorded.nanos();
    return worst(recorded.byStore("SlowOperation").values(), calls -> judge(calls, nanos))
        .orElse(Verdict.good("No call was slow."));
  }

  private static Verdict judge(List<Occurrence> all, long nanos) {
    List<Occurrence> calls = all.stream().filter(call -> call.duration() >= SLOW_NANOS).toList();
    if (calls.size() < ENOUGH_CALLS) {
      return Verdict.good("Few calls were slow.");
    }
    String dominant = "Other";
    long most = -1;
    for (Map.Entry<String, String> step : STEPS.entrySet()) {
      long sum = calls.stream().mapToLong(call -> call.number(step.getValue())).sum();
      if (sum > most) {
        most = sum;
        dominant = step.getKey();
      }
    }
    long total = Recorded.totalDuration(calls);
    Verdict verdict =
        Verdict.of(
            (double) total / nanos,
            NOTABLE_SHARE,
            BAD_SHARE,
            "{calls} calls were slow, the longest took {longest}; {stepShare} of it: {step}.");
    return (verdict.isGood() ? Verdict.good("Few calls were slow.") : verdict)
        .evidence("Slow Operation events of {total} in all, their steps summed up.")
        .change(change(dominant))
        .with(CALLS, Amounts.count(calls.size()))
        .with(LONGEST, Amounts.span(Amounts.quantile(durations(calls), 1)))
        .with(TOTAL, Amounts.span(total))
        .with(STEP, dominant)
        .with(STEP_SHARE, Amounts.share((double) most / Math.max(1, total)));
  }

  private static long[] durations(List<Occurrence> calls) {
    return calls.stream().mapToLong(Occurrence::duration).toArray();
  }

  private static String change(String step) {
    return switch (step) {
      case "Back-Pressure" -> "Raise CheckpointPolicy.journalBytes; see Journal Back-Pressure.";
      case "Journal" ->
          "New segments of the journal come too slowly: look at Journal Wait and Journal Segment"
              + " events, and at the device.";
      case "Memory", "Load" -> "Raise TreeConfig.withPoolBytes; see Pool Size.";
      case "Gate" -> "See The Closed Gate.";
      case "Conflicts" -> "Writers meet at the same keys; see Latch Restarts.";
      case "Acknowledge" ->
          "The journal is waited for; see Journal Forces. TreeConfig.withDurability(Durability.OS)"
              + " waits for no force.";
      default ->
          "The time went into work in memory, or there was no processor: look at the garbage"
              + " collector's pauses and the CPU load.";
    };
  }
}
