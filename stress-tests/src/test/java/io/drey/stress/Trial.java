package io.drey.stress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One test in one JVM.
 *
 * @param subject the simple name of the test's class
 * @param canary the bug it is run with, null for none
 * @param order what the compiler does with the order of instructions
 * @param levels which compiler each of the two threads gets, as jcstress numbers it
 */
record Trial(String subject, @Nullable Canary canary, Order order, int levels) {

  /** Both threads compiled by C2. */
  static final int BOTH_C2 = 8;

  /** What C2 does with the order of instructions. */
  enum Order {
    /** What it thinks is best. */
    USUAL(List.of()),

    /** Any order that the memory model lets it choose, another one in each JVM. */
    SHUFFLED(
        List.of(
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+StressLCM",
            "-XX:+StressGCM",
            "-XX:+StressIGVN",
            "-XX:+StressCCP"));

    final List<String> jvmArgs;

    Order(List<String> jvmArgs) {
      this.jvmArgs = jvmArgs;
    }
  }

  static Trial asItIs(String subject, Order order) {
    return new Trial(subject, null, order, BOTH_C2);
  }

  static Trial of(Canary canary, Order order) {
    return new Trial(canary.subject(), canary, order, BOTH_C2);
  }

  @Override
  public String toString() {
    return subject
        + (canary == null ? "" : " with " + canary.name())
        + (order == Order.USUAL ? "" : ", shuffled")
        + (levels == BOTH_C2 ? "" : ", " + level(levels % 3) + " and " + level(levels / 3));
  }

  private static String level(int level) {
    return List.of("interpreter", "C1", "C2").get(level);
  }
}
