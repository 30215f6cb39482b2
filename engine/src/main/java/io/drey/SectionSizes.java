package io.drey;

/**
 * How much a scan copies out at once. Small at first, so that a short scan costs little; growing,
 * so that a long one does not walk down from the root too often; bounded, so that no latch is held
 * for long.
 *
 * @param first entries of the first section
 * @param most entries of the largest section
 * @param bytes a section takes no further entry when it holds so many bytes
 */
record SectionSizes(int first, int most, int bytes) {
  /** For everybody but tests. */
  static final SectionSizes USUAL = new SectionSizes(128, 1024, 64 << 10);

  /** The entries of the section behind one of {@code entries}. */
  int after(int entries) {
    return Math.min(2 * entries, most);
  }
}
