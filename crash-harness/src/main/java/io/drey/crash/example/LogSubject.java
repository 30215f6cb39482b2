package io.drey.crash.example;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.Operation;
import io.drey.crash.Operation.Delete;
import io.drey.crash.Operation.Put;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.example.LogStore.Mistake;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** {@link LogStore} under test: all that it takes to plug a store in. */
public class LogSubject implements Subject {
  private final Mistake mistake;

  /** The correct store. */
  public LogSubject() {
    this(Mistake.NONE);
  }

  LogSubject(Mistake mistake) {
    this.mistake = mistake;
  }

  @Override
  public Store open(Vfs vfs, Path directory) throws IOException {
    LogStore log = LogStore.open(vfs, directory, mistake);
    return new Store() {
      @Override
      public Ack apply(Operation operation) throws IOException {
        switch (operation) {
          case Put(Bytes key, Bytes value) -> log.put(text(key), text(value));
          case Delete(Bytes key) -> log.remove(text(key));
          default -> throw new IllegalArgumentException(operation.toString());
        }
        return Ack.of(Promise.POWER_LOSS);
      }

      @Override
      public NavigableMap<Bytes, Bytes> dump() {
        NavigableMap<Bytes, Bytes> dump = new TreeMap<>();
        log.entries().forEach((key, value) -> dump.put(Bytes.of(key), Bytes.of(value)));
        return dump;
      }

      @Override
      public void close() throws IOException {
        log.close();
      }
    };
  }

  @Override
  public Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    Bytes key = Bytes.of("key-" + random.nextInt(40));
    boolean deletes = model.containsKey(key) && random.nextInt(3) == 0;
    Bytes value = Bytes.of("v".repeat(random.nextInt(60)) + random.nextInt(1_000_000));
    return deletes ? new Delete(key) : new Put(key, value);
  }

  @Override
  public Failure classify(Throwable failure) {
    return switch (failure) {
      case LogStore.DamagedException _ -> Failure.DAMAGE_FOUND;
      case LogStore.FailedException _ -> Failure.OUTCOME_UNKNOWN;
      case IOException _ -> Failure.NOT_APPLIED;
      default -> Failure.BUG;
    };
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), ISO_8859_1);
  }

  /** The store that does not force the name of its file. */
  public static final class NameNotForced extends LogSubject {
    /** With {@link Mistake#NAME_NOT_FORCED}. */
    public NameNotForced() {
      super(Mistake.NAME_NOT_FORCED);
    }
  }

  /** The store that acknowledges before it writes. */
  public static final class WritesLater extends LogSubject {
    /** With {@link Mistake#WRITES_LATER}. */
    public WritesLater() {
      super(Mistake.WRITES_LATER);
    }
  }

  /** The store that goes on behind a record that was written by half. */
  public static final class HalfRecordKept extends LogSubject {
    /** With {@link Mistake#HALF_RECORD_KEPT}. */
    public HalfRecordKept() {
      super(Mistake.HALF_RECORD_KEPT);
    }
  }
}
