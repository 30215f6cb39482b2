package io.drey.recovery;

import io.drey.crash.Bytes;
import io.drey.crash.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.random.RandomGenerator;

/**
 * Draws operations of every type over a small, prefix-heavy key space: directories that fill, are
 * renamed, overwritten and emptied again, so that frames split and are joined within some dozens of
 * operations.
 *
 * @param valueBytesMax the longest value
 * @param records about how many records the tree levels off at
 * @param burst the most records that one batch stores or deletes
 * @param calm one checkpoint, compaction or reopening of so many is left in; the others become
 *     batches that fill the tree, and where it is above 1 more of these come on top
 * @param operations in so many operations it reaches what it is for
 */
public record Workload(int valueBytesMax, int records, int burst, int calm, int operations) {
  /** Reaches splits, joins and a second level of 8 KiB frames. */
  public static final Workload SMALL = new Workload(700, 70, 12, 1, 30);

  /** Hardly more than the creation of a store. */
  public static final Workload FEW = new Workload(700, 70, 12, 1, 2);

  /**
   * More records than 32 frames of 8 KiB hold, so that images are spilled and loaded again; journal
   * segments fill before they are parted by a checkpoint.
   */
  public static final Workload SPILLING = new Workload(900, 700, 50, 3, 120);

  /** Dozens of frames, and checkpoints of which most change only some of them. */
  public static final Workload BROAD = new Workload(900, 150, 50, 1, 60);

  /** Journal segments that are full before a checkpoint parts them. */
  public static final Workload BULKY = new Workload(900, 150, 50, 4, 40);

  /** Fills frames of 512 KiB. */
  public static final Workload LARGE = new Workload(24_000, 90, 6, 1, 25);

  private static final int DIRECTORIES = 6;
  private static final int FILES = 60;
  private static final int REMOVALS_PER_CENT = 30;

  /** The next operation for a tree that holds {@code model}. */
  public Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    if (calm > 1 && random.nextInt(8) == 0) {
      return filling(random);
    }
    boolean crowded = random.nextInt(2 * records) < model.size();
    int choice = random.nextInt(100);
    if (crowded && choice < REMOVALS_PER_CENT) {
      return random.nextInt(5) == 0 ? clearing(random, model) : removal(random, model);
    }
    return switch (choice / 2) {
      case 0, 1, 2 -> upkeep(random, DreyOperation.Upkeep.CHECKPOINT);
      case 3 -> upkeep(random, DreyOperation.Upkeep.COMPACT);
      case 4 -> upkeep(random, DreyOperation.Upkeep.REOPEN);
      case 5, 6, 7, 8, 9 -> move(random, model);
      case 10, 11, 12, 13 -> batch(random, model);
      case 14, 15 -> filling(random);
      case 16, 17, 18, 19 -> removal(random, model);
      case 20 -> refused(random, model);
      default -> store(random, model);
    };
  }

  private DreyOperation upkeep(RandomGenerator random, DreyOperation.Upkeep upkeep) {
    return random.nextInt(calm) == 0 ? upkeep : filling(random);
  }

  private DreyOperation store(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    DreyOperation.Way way =
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> DreyOperation.Way.PUT;
          case 3 -> DreyOperation.Way.IF_ABSENT;
          case 4, 5 -> DreyOperation.Way.REPLACE;
          case 6 -> DreyOperation.Way.REPLACE_STALE;
          default -> DreyOperation.Way.SET;
        };
    boolean existing =
        way == DreyOperation.Way.REPLACE
            || way == DreyOperation.Way.REPLACE_STALE
            || random.nextInt(3) == 0;
    return new DreyOperation.Store(
        way, existing ? present(random, model) : key(random), value(random));
  }

  private DreyOperation removal(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    DreyOperation.Removal removal =
        switch (random.nextInt(8)) {
          case 0 -> DreyOperation.Removal.STALE;
          case 1, 2 -> DreyOperation.Removal.CURRENT;
          default -> DreyOperation.Removal.ANY;
        };
    return new DreyOperation.Remove(removal, present(random, model));
  }

  private DreyOperation move(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    Bytes target = random.nextInt(4) == 0 ? present(random, model) : key(random);
    DreyOperation.Target occupied =
        random.nextBoolean() ? DreyOperation.Target.KEPT : DreyOperation.Target.REPLACED;
    return new DreyOperation.Move(present(random, model), target, occupied);
  }

  private DreyOperation batch(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    List<DreyOperation.Step> steps = new ArrayList<>();
    for (int i = 2 + random.nextInt(5); i > 0; i--) {
      switch (random.nextInt(5)) {
        case 0 -> steps.add(new DreyOperation.StepDelete(present(random, model)));
        case 1 -> steps.add(new DreyOperation.StepMove(present(random, model), key(random)));
        default -> steps.add(new DreyOperation.StepPut(key(random), value(random)));
      }
    }
    return new DreyOperation.AllOrNothing(steps);
  }

  /** Stores a run of neighbours at once, so that a frame splits inside one operation. */
  private DreyOperation filling(RandomGenerator random) {
    int directory = random.nextInt(DIRECTORIES);
    int first = random.nextInt(records);
    List<DreyOperation.Step> steps = new ArrayList<>();
    for (int i = 1 + random.nextInt(burst); i > 0; i--) {
      steps.add(new DreyOperation.StepPut(file(directory, first + i), value(random)));
    }
    return new DreyOperation.AllOrNothing(steps);
  }

  private DreyOperation clearing(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    List<DreyOperation.Step> steps = new ArrayList<>();
    for (Bytes key : model.tailMap(present(random, model)).keySet()) {
      steps.add(new DreyOperation.StepDelete(key));
      if (steps.size() == burst) {
        break;
      }
    }
    return new DreyOperation.AllOrNothing(steps);
  }

  private DreyOperation refused(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    Bytes there = present(random, model);
    return new DreyOperation.AllOrNothing(
        List.of(
            new DreyOperation.StepPut(key(random), value(random)),
            random.nextBoolean()
                ? new DreyOperation.StepAbsent(there)
                : new DreyOperation.StepEmpty(there)));
  }

  private static Bytes present(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    Bytes from = key(random);
    Bytes found = model.ceilingKey(from);
    return found != null ? found : model.isEmpty() ? from : model.firstKey();
  }

  private static Bytes key(RandomGenerator random) {
    int directory = random.nextInt(DIRECTORIES);
    return switch (random.nextInt(24)) {
      case 0 -> Bytes.of("");
      case 1 -> Bytes.of("/");
      case 2 -> Bytes.of(directory(directory));
      case 3 -> Bytes.of(directory(directory) + "/");
      case 4 -> Bytes.of(directory(directory) + "/\0\u00ff");
      case 5 -> Bytes.of(directory(directory) + "/" + "deep/".repeat(1 + random.nextInt(30)));
      default -> file(directory, random.nextInt(FILES));
    };
  }

  private static Bytes file(int directory, int number) {
    return Bytes.of("%s/sub-%d/file-%04d".formatted(directory(directory), number % 3, number));
  }

  private static String directory(int number) {
    return "/bucket/of-objects/directory-%d".formatted(number);
  }

  /** Bytes that tell one value from every other: 16 random ones, then a run of one byte. */
  private Bytes value(RandomGenerator random) {
    int length = random.nextInt(4) == 0 ? random.nextInt(24) : random.nextInt(valueBytesMax + 1);
    byte[] value = new byte[length];
    Arrays.fill(value, (byte) random.nextInt());
    byte[] start = new byte[Math.min(16, length)];
    random.nextBytes(start);
    System.arraycopy(start, 0, value, 0, start.length);
    if (length > 32) {
      System.arraycopy(start, 0, value, length - start.length, start.length);
    }
    return Bytes.of(value);
  }
}
