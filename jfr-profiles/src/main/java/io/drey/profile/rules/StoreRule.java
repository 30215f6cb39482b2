package io.drey.profile.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/**
 * A rule over the events of Drey. Says nothing of a recording without any, and nothing good or bad
 * where its own events were switched off. Stateless.
 */
abstract class StoreRule extends AbstractRule {
  /** One topic for all, so that their verdicts stand together. */
  static final String TOPIC = "drey";

  private final List<String> events;

  /**
   * @param id the same for ever, "Drey" in front
   * @param name in headline style, without "Drey"
   * @param results what texts may name in braces
   * @param events names of event types without "io.drey."; one must not be switched off
   */
  StoreRule(String id, String name, List<TypedResult<?>> results, String... events) {
    super(id, "Drey: " + name, TOPIC, List.of(), withScore(results), Map.of());
    this.events = List.of(events);
  }

  private static Collection<TypedResult<?>> withScore(List<TypedResult<?>> results) {
    List<TypedResult<?>> all = new ArrayList<>(results);
    all.add(TypedResult.SCORE);
    return all;
  }

  /** Only called where one of the rule's events was recorded, or would have been. */
  abstract Verdict judge(Recorded recorded);

  /** The worst of what is said of each; empty where there is none. */
  static <T> Optional<Verdict> worst(Collection<T> all, Function<T, Verdict> judge) {
    return all.stream().map(judge).max(Comparator.comparingDouble(Verdict::score));
  }

  @Override
  protected IResult getResult(
      IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider others) {
    Recorded recorded = new Recorded(items);
    if (!recorded.isOfDrey()) {
      return ResultBuilder.createFor(this, preferences)
          .setSeverity(Severity.IGNORE)
          .setSummary("The recording has no events of Drey.")
          .build();
    }
    Verdict verdict =
        events.stream().allMatch(recorded::isSwitchedOff)
            ? Verdict.none("Switched off in the recording: " + String.join(", ", events) + ".")
            : judge(recorded);
    return verdict.result(this, preferences);
  }
}
