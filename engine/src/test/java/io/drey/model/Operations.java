package io.drey.model;

import io.drey.Existing;
import io.drey.model.Operation.Guess;
import io.drey.model.Operation.Made;
import io.drey.model.ScanShape.Content;
import io.drey.model.ScanShape.Delimiter;
import io.drey.model.ScanShape.Direction;
import io.drey.model.ScanShape.Way;
import io.drey.testing.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws operations from a seed. They come in phases: a phase writes, overwrites, churns, reads or
 * deletes, in a window of the keys or in all of them, and lasts some hundred operations.
 */
final class Operations {
  /** How long values are. */
  enum Values {
    /** Some dozen bytes, nearly always the same number for the same key. */
    SMALL,
    /** Anything up to the limit, the limit itself included. */
    UP_TO_THE_LIMIT
  }

  private enum Phase {
    GROW(70, 3, 2, 10, 15),
    OVERWRITE(80, 2, 2, 6, 10),
    CHURN(42, 42, 4, 6, 6),
    ANYTHING(35, 20, 15, 15, 15),
    READ(4, 3, 3, 45, 45),
    SHRINK(5, 75, 3, 10, 7);

    private final int write;
    private final int delete;
    private final int atomic;
    private final int get;

    Phase(int write, int delete, int atomic, int get, int scan) {
      this.write = write;
      this.delete = write + delete;
      this.atomic = this.delete + atomic;
      this.get = this.atomic + get;
      if (this.get + scan != 100) {
        throw new IllegalArgumentException("the weights of " + name() + " are no percentages");
      }
    }
  }

  private final Random random;
  private final int keyCount;
  private final Values values;
  private Phase phase = Phase.GROW;
  private int phaseLeft;
  private int windowStart;
  private int windowLength;
  private int seeds;

  /**
   * Makes a source.
   *
   * @param keyCount how many keys there are; the last is over the limit
   */
  Operations(long seed, int keyCount, Values values) {
    this.random = new Random(seed);
    this.keyCount = keyCount;
    this.values = values;
    this.windowLength = keyCount - 1;
  }

  /** Returns the next {@code count} operations and a verification as the last. */
  List<Operation> next(int count) {
    List<Operation> list = new ArrayList<>(count + 1);
    for (int i = 0; i < count; i++) {
      list.add(next());
    }
    list.add(new Operation.Verify());
    return list;
  }

  private Operation next() {
    if (phaseLeft-- == 0) {
      changePhase();
    }
    int rare = random.nextInt(20_000);
    if (rare < 40) {
      return rareOperation(rare);
    }
    int drawn = random.nextInt(100);
    if (drawn < phase.write) {
      return writing();
    } else if (drawn < phase.delete) {
      return deleting();
    } else if (drawn < phase.atomic) {
      return new Operation.Atomic(steps(random.nextInt(12)));
    } else if (drawn < phase.get) {
      return reading();
    } else {
      ScanShape shape = shape();
      return random.nextInt(4) == 0
          ? new Operation.Pages(shape, 1 + random.nextInt(10))
          : new Operation.Read(shape);
    }
  }

  private void changePhase() {
    Phase[] phases = Phase.values();
    phase = phases[random.nextInt(phases.length)];
    phaseLeft = 200 + random.nextInt(1_500);
    windowLength = keyCount - 1;
    if (random.nextInt(3) == 0) {
      windowLength = 1 + random.nextInt(Math.min(keyCount - 1, 60));
    }
    windowStart = random.nextInt(keyCount - windowLength);
  }

  private Operation rareOperation(int drawn) {
    if (drawn < 16) {
      return new Operation.Checkpoint();
    } else if (drawn < 20) {
      return new Operation.Compact();
    } else if (drawn < 28) {
      return new Operation.Stats();
    } else if (drawn < 31) {
      return new Operation.Reopen();
    } else if (drawn < 34) {
      return new Operation.Kill();
    } else if (drawn < 39) {
      return new Operation.Verify();
    } else {
      return new Operation.DeleteAll(
          random.nextBoolean() ? Operation.Order.ASCENDING : Operation.Order.DESCENDING);
    }
  }

  private Operation reading() {
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> new Operation.Below(key(), prefixBytes());
      case 4, 5 -> new Operation.GetAll(anyKey(), random.nextInt(40), random.nextInt(5));
      case 6, 7 -> new Operation.Longest(anyKey(), prefixBytes(), random.nextInt(3));
      default -> new Operation.Get(anyKey());
    };
  }

  private Operation writing() {
    int key = writtenKey();
    int length = length(key);
    return switch (random.nextInt(13)) {
      case 0, 1, 2, 3, 4 -> new Operation.Put(key, length, ++seeds);
      case 5, 6, 7 -> new Operation.Set(key, length, ++seeds);
      case 8, 9 -> new Operation.PutIfAbsent(key, length, ++seeds);
      case 10 -> new Operation.Replace(key, guess(), length, ++seeds);
      case 11 -> new Operation.Update(key, made(), length, ++seeds);
      default -> new Operation.Rename(key(), key, existing());
    };
  }

  private Operation deleting() {
    return switch (random.nextInt(6)) {
      case 0 -> new Operation.DeleteVersion(writtenKey(), guess());
      case 1 -> new Operation.Rename(writtenKey(), key(), existing());
      default -> new Operation.Delete(writtenKey());
    };
  }

  List<Operation.Step> steps(int count) {
    List<Operation.Step> steps = new ArrayList<>();
    int base = key();
    int careful = random.nextInt(3);
    for (int i = 0; i < count; i++) {
      int key = random.nextInt(3) == 0 ? base : key();
      steps.add(careful == 0 ? safeStep(key) : step(key, base));
    }
    if (random.nextInt(100) == 0) {
      steps.add(new Operation.StepPut(keyCount - 1, 1, ++seeds));
    }
    return steps;
  }

  private Operation.Step safeStep(int key) {
    return switch (random.nextInt(3)) {
      case 0 -> new Operation.StepDelete(key);
      case 1 -> new Operation.RequireEmptyPrefix(keyCount - 1, Limits.KEY_BYTES_MAX);
      default -> new Operation.StepPut(key, length(key), ++seeds);
    };
  }

  private Operation.Step step(int key, int other) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> new Operation.StepPutIfAbsent(key, length(key), ++seeds);
      case 2, 3 -> new Operation.StepReplace(key, guess(), length(key), ++seeds);
      case 4, 5 -> new Operation.StepDelete(key);
      case 6 -> new Operation.StepDeleteVersion(key, guess());
      case 7, 8 -> new Operation.StepRename(key, random.nextBoolean() ? other : key(), existing());
      case 9 -> new Operation.RequireAbsent(key);
      case 10 -> new Operation.RequireVersion(key, guess());
      case 11 -> new Operation.RequireEmptyPrefix(key, prefixBytes());
      default -> new Operation.StepPut(key, length(key), ++seeds);
    };
  }

  ScanShape shape() {
    Delimiter delimiter =
        random.nextBoolean()
            ? Delimiter.NONE
            : Delimiter.values()[random.nextInt(Delimiter.values().length)];
    return new ScanShape(
        key(),
        random.nextInt(4) == 0 ? 0 : prefixBytes(),
        random.nextBoolean() ? -1 : anyKey(),
        random.nextBoolean() ? Integer.MAX_VALUE : prefixBytes(),
        delimiter,
        random.nextInt(3) == 0 ? Content.KEYS_ONLY : Content.RECORDS,
        random.nextInt(50) == 0 ? 1_000 : random.nextInt(40),
        random.nextBoolean() ? Direction.FORWARD : Direction.REVERSE,
        Way.values()[random.nextInt(Way.values().length)]);
  }

  private int key() {
    return windowStart + random.nextInt(windowLength);
  }

  /** Rarely the key over the limit. */
  private int writtenKey() {
    return random.nextInt(500) == 0 ? keyCount - 1 : key();
  }

  private int anyKey() {
    return random.nextInt(10) == 0 ? random.nextInt(keyCount) : key();
  }

  private int prefixBytes() {
    return random.nextInt(10) == 0 ? Integer.MAX_VALUE : random.nextInt(30);
  }

  private Guess guess() {
    return random.nextInt(4) == 0 ? Guess.STALE : Guess.CURRENT;
  }

  private Made made() {
    return random.nextInt(3) == 0
        ? Made.values()[random.nextInt(Made.values().length)]
        : Made.NEW_VALUE;
  }

  private Existing existing() {
    return random.nextBoolean() ? Existing.KEEP : Existing.REPLACE;
  }

  private int length(int key) {
    if (random.nextInt(2_000) == 0) {
      return Limits.KEY_BYTES_MAX + 1;
    }
    if (values == Values.SMALL) {
      return random.nextInt(10) == 0 ? random.nextInt(100) : (int) (Bytes.mix(key) >>> 58);
    }
    return switch (random.nextInt(6)) {
      case 0 -> Limits.KEY_BYTES_MAX - random.nextInt(2);
      case 1, 2 -> random.nextInt(100);
      case 3 -> random.nextInt(Limits.KEY_BYTES_MAX);
      default -> (int) ((Bytes.mix(key) >>> 1) % Limits.KEY_BYTES_MAX);
    };
  }
}
