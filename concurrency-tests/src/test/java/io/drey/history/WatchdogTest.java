package io.drey.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The watchdog, and children that end well, wrong and never. */
final class WatchdogTest {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Report REPORT = Report.NOTHING.with(Report.Figure.HISTORIES, 2);

  /** What a child does. */
  enum Deed {
    END,
    FAIL,
    /** A virtual thread and the main thread wait for what never happens. */
    HANG
  }

  /** The child. */
  static final class Doer {
    private Doer() {}

    /** Does what its argument names. */
    public static void main(String[] arguments) throws Exception {
      Progress progress = new Progress();
      Child.beat(progress, System.out);
      progress.phase("the deed");
      switch (Deed.valueOf(arguments[0])) {
        case END -> System.out.println(Child.REPORT + REPORT.numbers());
        case FAIL -> throw new IllegalHistory("as planned");
        case HANG -> hang();
      }
    }

    private static void hang() throws InterruptedException {
      CountDownLatch never = new CountDownLatch(1);
      Thread.ofVirtual().name("a virtual worker").start(() -> waitFor(never));
      never.await();
    }

    private static void waitFor(CountDownLatch never) {
      try {
        never.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Watchdog.Result follow(Deed deed) throws Exception {
    return new Watchdog(PATIENCE).follow(Doer.class, List.of(), List.of(deed.name()));
  }

  @Test
  void saysThatAChildEndedWell() throws Exception {
    Watchdog.Result result = follow(Deed.END);
    assertEquals(Watchdog.Ending.WELL, result.ending());
    assertEquals(2, result.report().of(Report.Figure.HISTORIES));
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    Watchdog.Result result = follow(Deed.FAIL);
    assertEquals(Watchdog.Ending.WRONG, result.ending());
    assertTrue(result.output().contains("as planned"), result::output);
  }

  @Test
  void turnsAHangIntoAFailureWithAllThreads() throws Exception {
    Watchdog.Result result = follow(Deed.HANG);
    assertEquals(Watchdog.Ending.HANG, result.ending());
    for (String trace : List.of("the deed", "a virtual worker", "Doer.hang", "Doer.waitFor")) {
      assertTrue(result.output().contains(trace), () -> trace + " in\n" + result.output());
    }
  }
}
