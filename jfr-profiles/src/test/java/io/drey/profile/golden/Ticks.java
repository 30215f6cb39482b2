package io.drey.profile.golden;

import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Tells when a recording has taken its periodic events, which Drey's statistics are. */
@Name("io.drey.test.Ticks")
@Period("50 ms")
@StackTrace(false)
final class Ticks extends Event {
  private static final AtomicLong COUNT = new AtomicLong();

  static {
    FlightRecorder.addPeriodicEvent(Ticks.class, COUNT::incrementAndGet);
  }

  /** Returns when statistics of the present state were taken. */
  static void await() {
    long seen = COUNT.get();
    while (COUNT.get() < seen + 3) {
      Thread.onSpinWait();
    }
  }
}
