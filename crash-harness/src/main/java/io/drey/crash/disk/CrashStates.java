package io.drey.crash.disk;

import io.drey.crash.disk.Effect.Content;
import io.drey.crash.disk.Effect.Way;
import io.drey.crash.disk.Effect.Write;
import io.drey.crash.disk.Fate.Rest;
import io.drey.crash.disk.Fate.Torn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The states a crash may leave at one position. The same state, bounds and seed give the same
 * states in the same order; each is made when it is asked for.
 *
 * <p>Tried are: everything kept, everything lost; all subsets of few pending effects; of many, each
 * one dropped or kept alone, pairs dropped, every file cut off after each of its changes, random
 * subsets; the newest write torn in every {@link Tears shape}, others in some; lost data in files
 * that have grown; pages of mapped files in any version since they were forced.
 */
public final class CrashStates {
  /** Effects looked at one by one where there are more than the bound: so many of the newest. */
  private static final int NEWEST = 24;

  private static final int NEWEST_IN_PAIRS = 12;

  private final DiskState state;
  private final CrashBounds bounds;
  private final SplittableRandom random;
  private final int count;

  private CrashStates(DiskState state, CrashBounds bounds, long seed) {
    this.state = state;
    this.bounds = bounds;
    this.random = new SplittableRandom(seed);
    this.count = state.pending().size();
  }

  /** All of them. Ordered; to be consumed by one thread. */
  public static Stream<CrashState> of(DiskState state, CrashBounds bounds, long seed) {
    return new CrashStates(state, bounds, seed).all(_ -> true);
  }

  /**
   * Those in which the newest pending effect left something: the others are there at the position
   * before it too.
   */
  public static Stream<CrashState> withNewest(DiskState state, CrashBounds bounds, long seed) {
    int newest = state.pending().size() - 1;
    return new CrashStates(state, bounds, seed)
        .all(fates -> !fates.get(newest).equals(Fate.DROPPED));
  }

  /** Decides on the fates of a state before its image is made. */
  private interface Choice {
    boolean takes(List<Fate> fates);
  }

  private Stream<CrashState> all(Choice choice) {
    List<Supplier<Stream<List<Fate>>>> kinds = new ArrayList<>();
    kinds.add(() -> Stream.of(filled(Fate.KEPT), filled(Fate.DROPPED)));
    if (count > 0) {
      if (count <= bounds.subsets()) {
        kinds.add(this::subsets);
      } else {
        kinds.add(this::singles);
        kinds.add(this::pairs);
        kinds.add(this::prefixes);
        kinds.add(this::randomSubsets);
      }
      kinds.add(this::newestTorn);
      kinds.add(this::randomlyTorn);
      kinds.add(this::grownWithoutData);
      kinds.add(this::mappedPages);
    }
    return kinds.stream()
        .flatMap(Supplier::get)
        .filter(choice::takes)
        .filter(_ -> bounds.thinning() == 1 || random.nextInt(bounds.thinning()) == 0)
        .map(fates -> new CrashState(state, fates));
  }

  private List<Fate> filled(Fate fate) {
    return new ArrayList<>(Collections.nCopies(count, fate));
  }

  private Stream<List<Fate>> subsets() {
    return IntStream.range(1, (1 << count) - 1)
        .mapToObj(kept -> {
          List<Fate> fates = filled(Fate.DROPPED);
          for (int i = 0; i < count; i++) {
            if ((kept >> i & 1) == 1) {
              fates.set(i, Fate.KEPT);
            }
          }
          return fates;
        });
  }

  private Stream<List<Fate>> singles() {
    IntStream newest = IntStream.range(Math.max(0, count - NEWEST), count);
    IntStream others = IntStream.range(0, bounds.samples()).map(_ -> random.nextInt(count));
    return IntStream.concat(newest, others)
        .boxed()
        .flatMap(i -> {
          List<Fate> dropped = filled(Fate.KEPT);
          dropped.set(i, Fate.DROPPED);
          List<Fate> kept = filled(Fate.DROPPED);
          kept.set(i, Fate.KEPT);
          return Stream.of(dropped, kept);
        });
  }

  private Stream<List<Fate>> pairs() {
    int first = Math.max(0, count - NEWEST_IN_PAIRS);
    return IntStream.range(first, count)
        .boxed()
        .flatMap(i ->
            IntStream.range(first, i)
                .mapToObj(j -> {
                  List<Fate> fates = filled(Fate.KEPT);
                  fates.set(i, Fate.DROPPED);
                  fates.set(j, Fate.DROPPED);
                  return fates;
                }));
  }

  /**
   * One file as it was after each of its newest changes; all others whole, then all others lost.
   */
  private Stream<List<Fate>> prefixes() {
    return changesByFile().values().stream()
        .flatMap(changes ->
            Stream.of(Fate.KEPT, Fate.DROPPED)
                .flatMap(others ->
                    IntStream.range(Math.max(0, changes.size() - NEWEST), changes.size())
                        .mapToObj(cut -> prefix(changes, cut, others))));
  }

  private List<Fate> prefix(List<Integer> changes, int cut, Fate others) {
    List<Fate> fates = filled(others);
    for (int i = 0; i < changes.size(); i++) {
      fates.set(changes.get(i), i < cut ? Fate.KEPT : Fate.DROPPED);
    }
    return fates;
  }

  private Map<Inode, List<Integer>> changesByFile() {
    Map<Inode, List<Integer>> changes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      if (state.pending().get(i).effect() instanceof Content content) {
        changes.computeIfAbsent(content.file(), _ -> new ArrayList<>()).add(i);
      }
    }
    return changes;
  }

  private Stream<List<Fate>> randomSubsets() {
    return IntStream.range(0, bounds.samples())
        .mapToObj(i -> {
          List<Fate> fates = filled(Fate.KEPT);
          int keptOf8 = i % 3 == 0 ? 7 : i % 3 == 1 ? 4 : 1;
          fates.replaceAll(fate -> random.nextInt(8) < keptOf8 ? fate : Fate.DROPPED);
          return fates;
        });
  }

  private Stream<List<Fate>> newestTorn() {
    int newest = count - 1;
    if (!(state.pending().get(newest).effect() instanceof Write write)) {
      return Stream.of();
    }
    return Stream.of(Fate.KEPT, Fate.DROPPED)
        .flatMap(others ->
            Tears.of(write, random)
                .map(torn -> {
                  List<Fate> fates = filled(others);
                  fates.set(newest, torn);
                  return fates;
                }));
  }

  private Stream<List<Fate>> randomlyTorn() {
    return IntStream.range(0, bounds.samples())
        .mapToObj(_ -> {
          List<Fate> fates = filled(Fate.KEPT);
          for (int i = 0; i < count; i++) {
            int draw = random.nextInt(10);
            if (draw < 4 && state.pending().get(i).effect() instanceof Write write) {
              fates.set(i, Tears.any(write, random));
            } else if (draw < 7) {
              fates.set(i, Fate.DROPPED);
            }
          }
          return fates;
        });
  }

  /** One file has the size its writes give it, and nothing of their bytes. */
  private Stream<List<Fate>> grownWithoutData() {
    return changesByFile().values().stream()
        .map(changes -> {
          List<Fate> fates = filled(Fate.KEPT);
          for (int i : changes) {
            if (state.pending().get(i).effect() instanceof Write) {
              fates.set(i, new Torn(Page.BYTES, new BitSet(), Rest.OLD));
            }
          }
          return fates;
        });
  }

  /** Each page of a mapped file as it was after any of the stores into it. */
  private Stream<List<Fate>> mappedPages() {
    boolean mapped =
        state.pending().stream()
            .anyMatch(one -> one.effect() instanceof Write write && write.way() == Way.MAPPING);
    return IntStream.range(0, mapped ? bounds.samples() : 0)
        .mapToObj(i -> {
          List<Fate> fates = filled(i % 2 == 0 ? Fate.KEPT : Fate.DROPPED);
          Map<PageOfFile, Boolean> ended = new HashMap<>();
          for (int index = 0; index < count; index++) {
            if (state.pending().get(index).effect() instanceof Write write
                && write.way() == Way.MAPPING) {
              fates.set(index, storedBeforeTheEnd(write, ended));
            }
          }
          return fates;
        });
  }

  private record PageOfFile(Inode file, long number) {}

  /** A page that has ended takes no further store; any store may be the first it does not take. */
  private Fate storedBeforeTheEnd(Write write, Map<PageOfFile, Boolean> ended) {
    int parts = Fate.parts(write, Page.BYTES);
    BitSet survivors = new BitSet();
    for (int part = 0; part < parts; part++) {
      PageOfFile page = new PageOfFile(write.file(), write.position() / Page.BYTES + part);
      if (!ended.merge(page, random.nextInt(3) == 0, Boolean::logicalOr)) {
        survivors.set(part);
      }
    }
    if (survivors.isEmpty()) {
      return Fate.DROPPED;
    }
    return survivors.cardinality() == parts ? Fate.KEPT : new Torn(Page.BYTES, survivors, Rest.OLD);
  }
}
