package io.drey.crash.disk;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A small store that is right, and that can be told to make mistakes. */
final class Toy implements Subject {
  /** What can be wrong with it. */
  enum Mistake {
    NO_FORCE,
    ACKNOWLEDGES_BEFORE_THE_FORCE,
    NO_FORCE_OF_THE_DIRECTORY,
    RENAMES_BEFORE_THE_FORCE,
    CUTS_THE_LOG_BEFORE_THE_SNAPSHOT_IS_DURABLE,
    CUTS_A_TORN_TAIL_WITHOUT_A_FORCE,
    APPENDS_AFTER_A_TORN_TAIL,
    NO_CHECKSUM,
    A_PAIR_IN_TWO_RECORDS,
    VERSIONS_RESTART,
    REFUSES_A_TORN_TAIL,
    HANGS_AT_A_TORN_TAIL,
    KEEPS_WHAT_CHECK_COMPLAINS_OF,
    FORGETS_WHAT_WAS_NOT_PROMISED
  }

  /** What an acknowledgement stands for. */
  enum Durability {
    FORCED(Promise.POWER_LOSS),
    WRITTEN(Promise.PROCESS_KILL),
    NOTHING(Promise.NOTHING);

    final Promise promise;

    Durability(Promise promise) {
      this.promise = promise;
    }
  }

  /** Sets or, with a null value, deletes one key or two at once. */
  record Change(Bytes key, @Nullable Bytes value, @Nullable Bytes second, Durability durability)
      implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {
      set(model, key);
      if (second != null) {
        set(model, second);
      }
    }

    private void set(NavigableMap<Bytes, Bytes> model, Bytes changed) {
      if (value == null) {
        model.remove(changed);
      } else {
        model.put(changed, value);
      }
    }
  }

  /** Changes nothing. */
  record Checkpoint() implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {}
  }

  private final Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);

  Toy(Mistake... mistakes) {
    this.mistakes.addAll(Set.of(mistakes));
  }

  boolean makes(Mistake mistake) {
    return mistakes.contains(mistake);
  }

  @Override
  public Store open(Vfs vfs, Path directory) throws Exception {
    return new ToyStore(this, vfs, directory);
  }

  @Override
  public Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    boolean promises = !makes(Mistake.FORGETS_WHAT_WAS_NOT_PROMISED);
    if (promises && random.nextInt(8) == 0) {
      return new Checkpoint();
    }
    Bytes value =
        Bytes.of(("%08x".formatted(random.nextInt())).repeat(random.nextInt(3) == 0 ? 99 : 2));
    return new Change(
        key(random),
        random.nextInt(4) == 0 ? null : value,
        random.nextInt(3) == 0 ? key(random) : null,
        promises ? durability(random) : Durability.NOTHING);
  }

  private static Durability durability(RandomGenerator random) {
    return random.nextInt(3) == 0 ? Durability.FORCED : Durability.WRITTEN;
  }

  private static Bytes key(RandomGenerator random) {
    return Bytes.of("key" + random.nextInt(9));
  }

  static Ack ack(Promise promise, long version) {
    return new Ack(promise, version);
  }

  static NavigableMap<Bytes, Bytes> copyOf(NavigableMap<Bytes, Bytes> model) {
    return new TreeMap<>(model);
  }

  static IOException damaged(Path file) {
    return new IOException(file + ": damaged");
  }
}
