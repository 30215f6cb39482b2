package io.drey.profile.rules;

import java.util.List;
import java.util.Optional;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** A store failed, something was damaged, or a round came to nothing. */
public final class StoreFailures extends StoreRule {
  private static final double NOTABLE = 1;
  private static final double BAD = 3;

  private static final TypedResult<String> CAUSE = Amounts.text("cause", "Cause");
  private static final TypedResult<IQuantity> COUNT = Amounts.count("count", "Events");

  public StoreFailures() {
    super(
        "DreyStoreFailures",
        "Failures of Stores",
        List.of(CAUSE, COUNT),
        "StoreFailed",
        "Damage",
        "Checkpoint",
        "StoreOpen");
  }

  @Override
  Verdict judge(Recorded recorded) {
    List<Occurrence> failed = recorded.all("StoreFailed");
    if (!failed.isEmpty()) {
      return say(BAD, "A store takes no more changes: {cause}.", failed, "cause")
          .evidence("Store Failed events: {count}. Their stacks show where.")
          .change(
              "What was acknowledged before is kept. See to the device, then close the store and"
                  + " open it again: recovery finds what is on it.");
    }
    List<Occurrence> damage = recorded.all("Damage");
    if (!damage.isEmpty()) {
      return say(BAD, "Something did not read back as it was written: {cause}.", damage, "detail")
          .evidence("Damage events: {count}. They name file, offset and blob.")
          .change(
              "Call Tree.check() for all that is broken, take what can be read with a scan, and"
                  + " restore the rest from a backup. Do not trust this device.");
    }
    return failures("Checkpoint", recorded)
        .or(() -> failures("StoreOpen", recorded))
        .or(() -> failures("StoreClose", recorded))
        .orElse(Verdict.good("No store failed."));
  }

  private static Optional<Verdict> failures(String event, Recorded recorded) {
    List<Occurrence> failed =
        recorded.all(event).stream().filter(each -> !each.text("failure").isEmpty()).toList();
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    String what =
        switch (event) {
          case "Checkpoint" -> "A checkpoint";
          case "StoreOpen" -> "The opening of a store";
          default -> "The closing of a store";
        };
    return Optional.of(
        say(NOTABLE, what + " came to nothing: {cause}.", failed, "failure")
            .evidence("Events with a failure: {count}. The store itself goes on as it was.")
            .change(
                "See to the cause, most often a full disk. A failed round is repeated; until one"
                    + " succeeds the journal grows, and writers wait at its limit."));
  }

  private static Verdict say(double value, String summary, List<Occurrence> all, String field) {
    return Verdict.of(value, NOTABLE, BAD, summary)
        .with(CAUSE, all.getFirst().text(field))
        .with(COUNT, Amounts.count(all.size()));
  }
}
