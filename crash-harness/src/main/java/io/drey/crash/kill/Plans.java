package io.drey.crash.kill;

import io.drey.crash.hostile.CallKind;
import io.drey.crash.kill.Plan.AtPoint;
import io.drey.crash.kill.Plan.AtWork;
import io.drey.crash.kill.Plan.Finish;
import io.drey.crash.kill.Plan.InRecovery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Draws a plan for each round, so spread that most children die while they work: how long recovery
 * and operations take, and how often each point comes by, is learned from the rounds before.
 */
final class Plans {
  /** Of a thousand rounds so many are killed at a point, and of the others in recovery. */
  private static final int AT_POINTS = 500;

  private static final int IN_RECOVERY = 200;

  /** How long other threads go on while one stands at the point. */
  private static final long STANDING_NANOS = 2_000_000;

  private final KillOptions options;
  private final RandomGenerator random;
  private final Map<KillPoint, Long> bounds = new HashMap<>();
  private Map<CallKind, Long> calls = Map.of();
  private double recoveryNanos = 10e6;
  private double operationNanos = 1e6;

  Plans(KillOptions options, RandomGenerator random) {
    this.options = options;
    this.random = random;
  }

  Plan next() {
    if (calls.isEmpty()) {
      return new Finish();
    }
    if (random.nextInt(1000) < AT_POINTS) {
      List<KillPoint> possible = new ArrayList<>();
      for (KillPoint point : options.points()) {
        if (point.point().ordinal() > 0 || bound(point) > 0) {
          possible.add(point);
        }
      }
      if (!possible.isEmpty()) {
        return atPoint(possible.get(random.nextInt(possible.size())));
      }
    }
    if (random.nextInt(1000) < IN_RECOVERY) {
      return new InRecovery((long) (random.nextDouble() * recoveryNanos));
    }
    // Twice the mean, so that every instant of an operation has its chance.
    long nanos = (long) (random.nextDouble() * 2 * operationNanos);
    return new AtWork(random.nextInt(options.operations()), nanos);
  }

  private AtPoint atPoint(KillPoint template) {
    long ordinal = template.point().ordinal();
    KillPoint point = ordinal > 0 ? template : template.at(1 + random.nextLong(bound(template)));
    return new AtPoint(point, template, random.nextLong(STANDING_NANOS));
  }

  private long bound(KillPoint template) {
    long most = calls.getOrDefault(template.point().kind(), 0L);
    return Math.min(most, bounds.getOrDefault(template, most));
  }

  void recovered(long nanos) {
    recoveryNanos += (nanos - recoveryNanos) / 4;
  }

  void acknowledged(long nanos) {
    operationNanos += (nanos - operationNanos) / 32;
  }

  /** A child did all operations; how many calls it made. */
  void finished(Plan plan, Map<CallKind, Long> made) {
    calls = made;
    if (plan instanceof AtPoint missed) {
      bounds.put(missed.template(), Math.max(1, bound(missed.template()) / 2));
    }
  }

  void reached(AtPoint plan) {
    bounds.computeIfPresent(plan.template(), (_, bound) -> bound + Math.max(1, bound / 4));
  }
}
