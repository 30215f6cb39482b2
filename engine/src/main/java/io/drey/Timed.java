package io.drey;

/** Kinds of calls whose latencies are recorded, and of how many of them one is timed. */
enum Timed {
  GET("get", 64),
  LONGEST_PREFIX("longestPrefix", 64),
  COUNT("count", 64),
  SECTION("scan section", 64),
  CHANGE("change", 64),
  BATCH("atomic", 1);

  final String label;

  /** One call in so many is timed. WHY not all: two clock readings take 50 ns. */
  final int sample;

  Timed(String label, int sample) {
    this.label = label;
    this.sample = sample;
  }
}
