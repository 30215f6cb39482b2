package io.drey.crash.disk;

import io.drey.crash.disk.Effect.Write;
import io.drey.crash.disk.Fate.Rest;
import io.drey.crash.disk.Fate.Torn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The ways in which a write is torn: a prefix of its parts, a suffix, all but a hole, every other
 * part, a random half, nothing but its size. Parts are sectors or pages; a write inside one sector
 * is whole or nothing, but its size and noise.
 */
final class Tears {
  private static final List<Integer> UNITS = List.of(512, Page.BYTES);

  /** Cuts tried where a write has more parts: both ends and random ones between. */
  private static final int CUTS = 6;

  private Tears() {}

  /** All shapes, with every kind of rest. */
  static Stream<Fate> of(Write write, SplittableRandom random) {
    return UNITS.stream()
        .filter(unit -> unit.equals(UNITS.getFirst()) || Fate.parts(write, unit) > 1)
        .flatMap(unit ->
            shapes(Fate.parts(write, unit), random).stream()
                .flatMap(survivors ->
                    Stream.of(Rest.values()).map(rest -> new Torn(unit, survivors, rest))));
  }

  /** One of them. */
  static Fate any(Write write, SplittableRandom random) {
    int unit = UNITS.get(random.nextInt(UNITS.size()));
    List<BitSet> shapes = shapes(Fate.parts(write, unit), random);
    Rest[] rests = Rest.values();
    return new Torn(
        unit, shapes.get(random.nextInt(shapes.size())), rests[random.nextInt(rests.length)]);
  }

  private static List<BitSet> shapes(int parts, SplittableRandom random) {
    List<BitSet> shapes = new ArrayList<>();
    shapes.add(new BitSet());
    if (parts == 1) {
      return shapes;
    }
    for (int cut : cuts(parts, random)) {
      shapes.add(range(0, cut));
      shapes.add(range(cut, parts));
      BitSet hole = range(0, parts);
      hole.clear(cut);
      shapes.add(hole);
    }
    BitSet even = new BitSet();
    BitSet odd = new BitSet();
    BitSet half = new BitSet();
    for (int i = 0; i < parts; i++) {
      even.set(i, i % 2 == 0);
      odd.set(i, i % 2 == 1);
      half.set(i, random.nextBoolean());
    }
    shapes.addAll(List.of(even, odd, half));
    return shapes;
  }

  private static List<Integer> cuts(int parts, SplittableRandom random) {
    List<Integer> cuts = new ArrayList<>();
    if (parts <= CUTS) {
      for (int cut = 1; cut < parts; cut++) {
        cuts.add(cut);
      }
    } else {
      cuts.add(1);
      cuts.add(parts - 1);
      while (cuts.size() < CUTS) {
        cuts.add(random.nextInt(2, parts - 1));
      }
    }
    return cuts;
  }

  private static BitSet range(int from, int to) {
    BitSet range = new BitSet();
    range.set(from, to);
    return range;
  }
}
