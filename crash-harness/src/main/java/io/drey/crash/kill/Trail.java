package io.drey.crash.kill;

import java.util.ArrayDeque;

/** The last things that happened to a store, one a line: what a finding is explained by. */
final class Trail {
  private static final int LINES = 24;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  void add(String line) {
    lines.add(line);
    if (lines.size() > LINES) {
      lines.remove();
    }
  }

  void clear() {
    lines.clear();
  }

  @Override
  public String toString() {
    return String.join(System.lineSeparator(), lines);
  }
}
