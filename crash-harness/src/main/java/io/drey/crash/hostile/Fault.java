package io.drey.crash.hostile;

/**
 * One planned failure of a disk.
 *
 * @param point which call fails
 * @param lasting whether the later calls of the same kind and name fail too
 * @param detail what is left to chance, as a seed: which bit, how much of a write, which other
 *     place
 */
public record Fault(FaultKind kind, Point point, Lasting lasting, long detail) {
  /** How long a fault lasts. */
  public enum Lasting {
    /** It strikes one call. */
    ONCE,
    /** It strikes every call from there on, until {@link HostileDisk#heal}. */
    FROM_THEN_ON
  }

  /** Checks that such a call can fail so. */
  public Fault {
    if (!kind.strikes().contains(point.kind())) {
      throw new IllegalArgumentException(kind + " does not strike " + point.kind());
    }
  }

  /** For example {@code IO_ERROR FORCE log#3 ONCE 0}; {@link #parse} reads it. */
  @Override
  public String toString() {
    return "%s %s %s %d".formatted(kind, point, lasting, detail);
  }

  /**
   * What {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Fault parse(String text) {
    int afterKind = text.indexOf(' ');
    int beforeDetail = text.lastIndexOf(' ');
    int beforeLasting = text.lastIndexOf(' ', beforeDetail - 1);
    if (afterKind < 0 || beforeLasting <= afterKind) {
      throw new IllegalArgumentException("not FAULT KIND FILES#ORDINAL LASTING DETAIL: " + text);
    }
    return new Fault(
        FaultKind.valueOf(text.substring(0, afterKind)),
        Point.parse(text.substring(afterKind + 1, beforeLasting)),
        Lasting.valueOf(text.substring(beforeLasting + 1, beforeDetail)),
        Long.parseLong(text.substring(beforeDetail + 1)));
  }
}
