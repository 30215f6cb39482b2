package io.drey.stress;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;

/**
 * What a trial has shown.
 *
 * @param samples how often it was run
 * @param forbidden what must not be, and how often it was seen
 * @param unseen what comes up when the threads meet, and has not
 */
record Sighting(long samples, Map<String, Long> forbidden, Set<String> unseen) {

  static Sighting of(Trial trial, TestResult result) {
    if (result.status() != Status.NORMAL) {
      throw new IllegalStateException(
          "%s: %s, %s %s"
              .formatted(trial, result.status(), result.getMessages(), result.getVmErr()));
    }
    Map<String, Long> forbidden = new TreeMap<>();
    Set<String> unseen = new HashSet<>();
    for (GradingResult outcome : result.grading().gradingResults.values()) {
      String text = outcome.id + " (" + outcome.description + ")";
      if (outcome.expect == Expect.FORBIDDEN && outcome.count > 0) {
        forbidden.put(text, outcome.count);
      } else if (outcome.expect == Expect.ACCEPTABLE_INTERESTING && outcome.count == 0) {
        unseen.add(text);
      }
    }
    return new Sighting(result.getTotalCount(), forbidden, unseen);
  }
}
