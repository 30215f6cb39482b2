package io.drey.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Runs one operation of the reference workload after the other. One thread. Each result goes into
 * {@link #sum}, so that no call can be left out.
 */
final class Worker {
  /** Keys of one call that asks for several. */
  static final int KEYS_AT_ONCE = 64;

  private static final int VALUE_BYTES_MAX = 65_535;
  private static final int LIST_ENTRIES = 100;
  private static final int ROLLUP_ENTRIES = 8;
  private static final byte[] TEMPORARY = {'.', 't', 'm', 'p'};
  private static final byte[] MOVED = {'.', 'm', 'v'};

  private final Engine engine;
  private final Records records;
  private final WorkloadOperation operation;
  private final SplitMix64 random;
  private final byte[] value;
  private final ByteBuffer valueCounter;
  private final MemorySegment target = Arena.ofAuto().allocate(VALUE_BYTES_MAX);
  private final byte[][] several = new byte[KEYS_AT_ONCE][];
  private long counter;
  private long sum;

  /**
   * Makes a worker.
   *
   * @param thread the number of the thread; 0 draws the reference numbers
   */
  Worker(Engine engine, Records records, WorkloadOperation operation, int thread) {
    this.engine = engine;
    this.records = records;
    this.operation = operation;
    this.random = new SplitMix64(SplitMix64.SEED + operation.number() + thread * 0x1_0000_0000L);
    this.value = records.set().value(0);
    this.valueCounter = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    this.counter = ((long) thread + 1) << 48;
  }

  /** What the calls returned, in some form. */
  long sum() {
    return sum;
  }

  /** Runs the operation once. */
  void run() {
    if (operation == WorkloadOperation.MIXED) {
      long drawn = random.next();
      int record = (int) ((drawn >>> 1) % records.size());
      if ((drawn >>> 40 & 1) == 0) {
        get(record);
      } else {
        put(record);
      }
      return;
    }
    if (operation == WorkloadOperation.MIX) {
      int drawn = random.below(100);
      run(mixed(drawn), random.below(records.size()));
    } else {
      run(operation, random.below(records.size()));
    }
  }

  /** Loads the record at {@code place} of the load order. */
  void load(int place) {
    int record = records.loaded(place);
    engine.put(records.key(record), records.set().value(record));
  }

  private static WorkloadOperation mixed(int drawn) {
    if (drawn < 45) {
      return WorkloadOperation.GET;
    } else if (drawn < 65) {
      return WorkloadOperation.PUT;
    } else if (drawn < 75) {
      return WorkloadOperation.LIST;
    } else if (drawn < 85) {
      return WorkloadOperation.LISTDIR;
    } else if (drawn < 95) {
      return WorkloadOperation.CREATEDEL;
    } else {
      return WorkloadOperation.RENAME;
    }
  }

  private void run(WorkloadOperation chosen, int record) {
    switch (chosen) {
      case GET -> get(record);
      case GETMISS -> getMiss(record);
      case GETINTO -> getInto(record);
      case GETALL -> getAll(record);
      case PUT -> put(record);
      case LISTREVERSE ->
          sum += engine.listReverse(records.set().directory(records.key(record)), LIST_ENTRIES);
      case LIST -> sum += engine.list(records.set().directory(records.key(record)), LIST_ENTRIES);
      case LISTKEYS ->
          sum += engine.listKeys(records.set().directory(records.key(record)), LIST_ENTRIES);
      case LISTDIR -> rollUp(record);
      case CREATEDEL -> createAndDelete(record);
      case RENAME -> renameThereAndBack(record);
      case MIXED, MIX, INSERT -> throw new IllegalArgumentException(chosen + " is no single call");
    }
  }

  private void get(int record) {
    byte[] found = engine.get(records.key(record));
    if (found == null) {
      throw new IllegalStateException("record " + record + " is missing");
    }
    sum += found[found.length - 1];
  }

  private void getInto(int record) {
    int size = engine.get(records.key(record), target);
    if (size < 0) {
      throw new IllegalStateException("record " + record + " is missing");
    }
    sum += target.get(ValueLayout.JAVA_BYTE, size - 1);
  }

  private void getAll(int first) {
    several[0] = records.key(first);
    for (int i = 1; i < several.length; i++) {
      several[i] = records.key(random.below(records.size()));
    }
    for (byte[] found : engine.getAll(several)) {
      if (found == null) {
        throw new IllegalStateException("a record is missing");
      }
      sum += found[found.length - 1];
    }
  }

  private void getMiss(int record) {
    byte[] key = records.key(record).clone();
    key[key.length - 1] = '~';
    sum += engine.get(key) == null ? 0 : 1;
  }

  private void put(int record) {
    valueCounter.putLong(0, ++counter);
    engine.put(records.key(record), value);
  }

  private void rollUp(int record) {
    byte[] prefix = records.set().rollupPrefix(record);
    if (prefix != null) {
      sum += engine.rollUp(prefix, (byte) '/', ROLLUP_ENTRIES);
    }
  }

  private void createAndDelete(int record) {
    byte[] key = longer(records.key(record), TEMPORARY);
    engine.put(key, value);
    engine.delete(key);
  }

  private void renameThereAndBack(int record) {
    byte[] key = records.key(record);
    byte[] moved = longer(key, MOVED);
    engine.rename(key, moved);
    engine.rename(moved, key);
  }

  private static byte[] longer(byte[] key, byte[] suffix) {
    byte[] longer = Arrays.copyOf(key, key.length + suffix.length);
    System.arraycopy(suffix, 0, longer, key.length, suffix.length);
    return longer;
  }
}
