package io.drey.crash.kill;

import io.drey.crash.hostile.Call;
import io.drey.crash.hostile.CallKind;
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
  private final Map<CallKind, AtomicLong> calls = new EnumMap<>(CallKind.class);

  StandStill(@Nullable KillPoint point, Report report) {
    this.point = point;
    this.report = report;
    for (CallKind kind : CallKind.values()) {
      calls.put(kind, new AtomicLong());
    }
  }

  Map<CallKind, Long> calls() {
    Map<CallKind, Long> counts = new EnumMap<>(CallKind.class);
    calls.forEach((kind, count) -> counts.put(kind, count.get()));
    return counts;
  }

  @Override
  public long pass(Call call, Onward onward) throws IOException {
    Objects.requireNonNull(calls.get(call.kind())).incrementAndGet();
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
