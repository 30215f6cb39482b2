package io.drey.crash.kill;

import io.drey.crash.Ack;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.example.LogSubject;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Stores that misbehave in ways only a process of their own can. */
final class BadSubjects {
  private BadSubjects() {}

  /** The log with another way of doing an operation. */
  private abstract static class Altered extends LogSubject {
    abstract Ack apply(Store log, int number, Operation operation) throws Exception;

    @Override
    public Store open(Vfs vfs, Path directory) throws IOException {
      Store log = super.open(vfs, directory);
      return new Store() {
        private int number;

        @Override
        public Ack apply(Operation operation) throws Exception {
          return Altered.this.apply(log, ++number, operation);
        }

        @Override
        public NavigableMap<io.drey.crash.Bytes, io.drey.crash.Bytes> dump() throws Exception {
          return log.dump();
        }

        @Override
        public void close() throws IOException {
          log.close();
        }
      };
    }
  }

  /** What {@link Hanging} is up to. */
  @Name("bad.Hangs")
  @StackTrace(false)
  static final class Hangs extends Event {
    int operation;
  }

  /** Waits forever in the tenth operation, and records that it does. */
  public static final class Hanging extends Altered {
    @Override
    Ack apply(Store log, int number, Operation operation) throws Exception {
      if (number == 10) {
        Hangs event = new Hangs();
        event.operation = number;
        event.commit();
        hangsHere();
      }
      return log.apply(operation);
    }

    private static void hangsHere() {
      while (true) {
        LockSupport.park();
      }
    }
  }

  /** Ends the process in the tenth operation. */
  public static final class Ending extends Altered {
    @Override
    Ack apply(Store log, int number, Operation operation) throws Exception {
      if (number == 10) {
        Runtime.getRuntime().halt(5);
      }
      return log.apply(operation);
    }
  }

  /** Gives versions that begin anew with each open. */
  public static final class CountsFromOne extends Altered {
    @Override
    Ack apply(Store log, int number, Operation operation) throws Exception {
      log.apply(operation);
      return new Ack(Promise.PROCESS_KILL, number);
    }
  }

  /** Refuses a directory in which it has been before. */
  public static final class OpensOnce extends LogSubject {
    @Override
    public Subject.Store open(Vfs vfs, Path directory) throws IOException {
      vfs.open(directory.resolve("here"), OpenMode.CREATE_NEW, Caching.BUFFERED).close();
      return super.open(vfs, directory);
    }
  }
}
