package io.drey.crash.hostile;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Stack traces as text. */
final class Traces {
  private Traces() {}

  static String of(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString().strip();
  }

  /** What every platform thread is doing, {@code first} first. */
  static String ofThreads(Thread first) {
    StringBuilder text = new StringBuilder();
    append(text, first, first.getStackTrace());
    for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
      if (!entry.getKey().equals(first)) {
        append(text, entry.getKey(), entry.getValue());
      }
    }
    return text.toString().strip();
  }

  private static void append(StringBuilder text, Thread thread, StackTraceElement[] frames) {
    text.append(thread.getName()).append(' ').append(thread.getState()).append('\n');
    for (StackTraceElement frame : frames) {
      text.append("  at ").append(frame).append('\n');
    }
  }
}
