package io.drey.crash.kill;

import io.drey.crash.hostile.Call;
import io.drey.crash.hostile.Effect;
import io.drey.crash.hostile.Tap;
import io.drey.crash.kill.KillPoint.Side;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts the calls; at the kill point tells so, and never lets the calling thread go on. */
final class StandStill implements Tap {
  interface Report {
    void send() throws IOException;
  }

  private final @Nullable KillPoint point;
  private final Report report;
  private final AtomicLong covered = new AtomicLong();
  private final Map<Effect, AtomicLong> calls = new EnumMap<>(Effect.class);

  StandStill(@Nullable KillPoint point, Report report) {
    this.point = point;
    this.report = report;
    for (Effect effect : Effect.values()) {
      calls.put(effect, new AtomicLong());
    }
  }

  Map<Effect, Long> calls() {
    Map<Effect, Long> counts = new EnumMap<>(Effect.class);
    calls.forEach((effect, count) -> counts.put(effect, count.get()));
    return counts;
  }

  @Override
  public long pass(Call call, Onward onward) throws IOException {
    Objects.requireNonNull(calls.get(call.effect())).incrementAndGet();
    if (point == null
        || !point.point().covers(call)
        || covered.incrementAndGet() != point.point().ordinal()) {
      return onward.go();
    }
    if (point.side() == Side.AFTER) {
      onward.go();
    }
    report.send();
    while (true) {
      LockSupport.park(this);
      Thread.interrupted(); // A set flag would make the next park return at once.
    }
  }
}
