package io.drey.profile.rules;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/**
 * What a rule says: how bad it is, one sentence with the numbers, what stands behind them, what to
 * change. Texts name results in braces.
 */
final class Verdict {
  private final double score;
  private final String summary;
  private final Map<TypedResult<?>, Object> results = new LinkedHashMap<>();
  private @Nullable String evidence;
  private @Nullable String change;

  private Verdict(double score, String summary) {
    this.score = score;
    this.summary = summary;
  }

  /** All is well. */
  static Verdict good(String summary) {
    return new Verdict(0, summary);
  }

  /** There is nothing to judge by. */
  static Verdict none(String summary) {
    return new Verdict(Severity.NA.getLimit(), summary);
  }

  /** Worth a look from {@code notable} on, a warning from {@code bad} on; good below both. */
  static Verdict of(double value, double notable, double bad, String summary) {
    return new Verdict(RulesToolkit.mapExp100(value, notable, bad), summary);
  }

  /** Of 100; from 25 on worth a look, from 75 on a warning. */
  double score() {
    return score;
  }

  boolean isGood() {
    return score < Severity.INFO.getLimit();
  }

  /** The events behind it. */
  Verdict evidence(String text) {
    evidence = text;
    return this;
  }

  /** The setting or call to change; nothing is said of it where all is well. */
  Verdict change(String text) {
    change = text;
    return this;
  }

  <T> Verdict with(TypedResult<T> result, T value) {
    results.put(result, value);
    return this;
  }

  IResult result(IRule rule, IPreferenceValueProvider preferences) {
    ResultBuilder builder =
        ResultBuilder.createFor(rule, preferences)
            .setSeverity(Severity.get(score))
            .setSummary(summary);
    if (evidence != null) {
      builder.setExplanation(evidence);
    }
    if (change != null && !isGood()) {
      builder.setSolution(change);
    }
    if (score >= 0) {
      builder.addResult(TypedResult.SCORE, UnitLookup.NUMBER_UNITY.quantity(score));
    }
    results.forEach((result, value) -> add(builder, result, value));
    return builder.build();
  }

  private static <T> void add(ResultBuilder builder, TypedResult<T> result, Object value) {
    builder.addResult(result, result.getResultClass().cast(value));
  }
}
