package io.drey.crash.disk;

/**
 * How many of the crash states of one position are tried. The numbers of {@link CrashStates} grow
 * with them; the kinds do not.
 *
 * @param subsets up to so many pending effects, all subsets of them are tried: 2 to that power
 * @param samples random states of each kind that is sampled
 * @param thinning one state of so many is tried, chosen at random; 1 = all
 */
public record CrashBounds(int subsets, int samples, int thinning) {
  /** All subsets of 10 effects, 24 samples of each kind, all states. */
  public static final CrashBounds DEFAULT = new CrashBounds(10, 24, 1);

  /** Checks the ranges. */
  public CrashBounds {
    if (subsets < 0 || subsets > 20 || samples < 0 || thinning < 1) {
      throw new IllegalArgumentException(
          "subsets " + subsets + ", samples " + samples + ", thinning " + thinning);
    }
  }

  /** The same, thinned out so that of {@code count} states about {@code wanted} are left. */
  CrashBounds thinnedTo(long wanted, long count) {
    int further = Math.toIntExact(Math.clamp(Math.ceilDiv(count, wanted), 1, 1 << 20));
    return new CrashBounds(subsets, samples, Math.max(thinning, further));
  }
}
