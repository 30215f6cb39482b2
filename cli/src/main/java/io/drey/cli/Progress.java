package io.drey.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a long command is, on standard error: a bar on a terminal, elsewhere a line every
 * few seconds. One thread reports.
 */
final class Progress implements AutoCloseable {
  /** The amount of work is not known beforehand. */
  static final long UNKNOWN = -1;

  private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;
  private static final long NANOS_BETWEEN_STEPS = 100_000_000L;
  private static final int BAR_COLUMNS = 79;

  /** What is counted towards the total. */
  enum Unit {
    /** Bytes of an input; the records go beside the bar. */
    INPUT_BYTES,
    /** The records themselves. */
    RECORDS
  }

  private final Session session;
  private final String task;
  private final long total;
  private final long startNanos = System.nanoTime();
  private final @Nullable ProgressBar bar;
  private long nextNanos;

  private Progress(Session session, String task, Unit unit, long total) {
    this.session = session;
    this.task = task;
    this.total = total;
    boolean terminal = session.streams().errKind() == StandardStreams.Kind.TERMINAL;
    this.bar = terminal ? bar(session, task, unit, total) : null;
    this.nextNanos = startNanos + (terminal ? NANOS_BETWEEN_STEPS : NANOS_BETWEEN_LINES);
  }

  static Progress start(Session session, String task, Unit unit, long total) {
    return new Progress(session, task, unit, total);
  }

  /** {@code done} of the total in its unit, which is {@code records} records. Cheap. */
  void at(long done, long records) {
    long now = System.nanoTime();
    if (now - nextNanos < 0) {
      return;
    }
    double seconds = (now - startNanos) / 1e9;
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(
          String.format(Locale.ROOT, " %,d records, %,.0f/s", records, records / seconds));
      nextNanos = now + NANOS_BETWEEN_STEPS;
    } else {
      session.tell(line(done, records, seconds));
      nextNanos = now + NANOS_BETWEEN_LINES;
    }
  }

  double seconds() {
    return (System.nanoTime() - startNanos) / 1e9;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private String line(long done, long records, double seconds) {
    String text =
        String.format(Locale.ROOT, "%s: %,d records, %,.0f/s", task, records, records / seconds);
    if (total <= 0 || done <= 0) {
      return text;
    }
    double share = Math.min(1.0, (double) done / total);
    return text
        + String.format(
            Locale.ROOT, ", %.0f %%, %.0f s left", 100 * share, seconds / share - seconds);
  }

  private static ProgressBar bar(Session session, String task, Unit unit, long total) {
    PrintStream err = new PrintStream(session.streams().err(), true, StandardCharsets.ISO_8859_1);
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .setConsumer(new ConsoleProgressBarConsumer(err, BAR_COLUMNS))
            .clearDisplayOnFinish();
    if (unit == Unit.INPUT_BYTES) {
      builder.setUnit(" MiB", 1 << 20);
    } else if (total == UNKNOWN) {
      builder.setRenderer((state, _) -> state.getTaskName() + " " + state.getExtraMessage());
    }
    return builder.build();
  }
}
