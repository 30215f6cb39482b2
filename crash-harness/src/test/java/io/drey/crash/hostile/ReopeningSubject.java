package io.drey.crash.hostile;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.example.LogSubject;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.random.RandomGenerator;

/** The log with an operation that closes and opens it. */
final class ReopeningSubject extends LogSubject {
  private record Reopening() implements Operation {
    @Override
    public void applyTo(NavigableMap<Bytes, Bytes> model) {}

    @Override
    public boolean reopens() {
      return true;
    }
  }

  /** The operation's opening failed: the store is to be opened again. */
  private static final class NotReopened extends IOException {
    private static final long serialVersionUID = 1L;

    NotReopened(Throwable cause) {
      super(cause);
    }
  }

  @Override
  public Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    return random.nextInt(5) == 0 ? new Reopening() : super.next(random, model);
  }

  @Override
  public Store open(Vfs vfs, Path directory) throws IOException {
    return new Reopened(vfs, directory, super.open(vfs, directory));
  }

  @Override
  public Failure classify(Throwable failure) {
    Throwable cause = failure instanceof NotReopened wrapped ? wrapped.getCause() : null;
    if (cause == null) {
      return super.classify(failure);
    }
    Failure found = super.classify(cause);
    return found == Failure.NOT_APPLIED ? Failure.OUTCOME_UNKNOWN : found;
  }

  private final class Reopened implements Store {
    private final Vfs vfs;
    private final Path directory;
    private Store log;

    Reopened(Vfs vfs, Path directory, Store log) {
      this.vfs = vfs;
      this.directory = directory;
      this.log = log;
    }

    @Override
    public Ack apply(Operation operation) throws Exception {
      if (!operation.reopens()) {
        return log.apply(operation);
      }
      log.close();
      try {
        log = ReopeningSubject.super.open(vfs, directory);
      } catch (IOException e) {
        throw new NotReopened(e);
      }
      return Ack.of(Promise.POWER_LOSS);
    }

    @Override
    public NavigableMap<Bytes, Bytes> dump() throws Exception {
      return log.dump();
    }

    @Override
    public void close() throws IOException {
      log.close();
    }
  }
}
