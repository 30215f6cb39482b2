package io.drey.profile.rules;

import java.util.Comparator;
import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Writers wait for checkpoints to shorten the journal. */
public final class JournalStalls extends StoreRule {
  private static final double NOTABLE_NANOS = 50_000_000.0;
  private static final double BAD_NANOS = 1_000_000_000.0;

  private static final TypedResult<IQuantity> LONGEST = Amounts.span("longest", "Longest Stall");
  private static final TypedResult<IQuantity> STALLS = Amounts.count("stalls", "Stalls");
  private static final TypedResult<IQuantity> TOTAL = Amounts.span("total", "All Stalls");
  private static final TypedResult<IQuantity> LIMIT = Amounts.bytes("limit", "Journal's Limit");

  public JournalStalls() {
    super(
        "DreyJournalStalls",
        "Journal Back-Pressure",
        List.of(LONGEST, STALLS, TOTAL, LIMIT),
        "JournalBackpressure");
  }

  @Override
  Verdict judge(Recorded recorded) {
    return worst(recorded.byStore("JournalBackpressure").values(), JournalStalls::judge)
        .orElse(Verdict.good("No writer waited for the journal to become shorter."));
  }

  private static Verdict judge(List<Occurrence> stalls) {
    Occurrence longest =
        stalls.stream().max(Comparator.comparingLong(Occurrence::duration)).orElseThrow();
    return Verdict.of(
            (double) longest.duration(),
            NOTABLE_NANOS,
            BAD_NANOS,
            "A writer waited for {longest} until the journal was shorter.")
        .evidence("{stalls} Journal Back-Pressure events of {total} in all; the limit is {limit}.")
        .change(
            "Raise CheckpointPolicy.journalBytes, of which the limit is four times: it holds more"
                + " of a burst. Writers that are faster than checkpoints for long will meet any"
                + " limit; then the device is too slow for them.")
        .with(LONGEST, Amounts.span(longest.duration()))
        .with(STALLS, Amounts.count(stalls.size()))
        .with(TOTAL, Amounts.span(Recorded.totalDuration(stalls)))
        .with(LIMIT, Amounts.bytes(longest.number("limit")));
  }
}
