package io.drey.recovery;

import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.recovery.mutate.MutatedClasses;
import io.drey.recovery.mutate.Mutation;
import io.drey.vfs.Vfs;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.random.RandomGenerator;

/** Drey under test: an engine, how its store is shaped, and what is done to it. */
public class DreySubject implements Subject {
  private final Engine engine;
  private final StoreShape shape;
  private final Workload workload;

  /** The engine as it is. */
  public DreySubject(StoreShape shape, Workload workload) {
    this(shape, workload, List.of());
  }

  /** The engine with planted changes. */
  public DreySubject(StoreShape shape, Workload workload, List<Mutation> mutations) {
    this.engine =
        MutatedClasses.of(shape.frameBytes(), mutations).instance(Engine.DRIVER, Engine.class);
    this.shape = shape;
    this.workload = workload;
  }

  @Override
  public Store open(Vfs vfs, Path directory) {
    return engine.open(vfs, directory, shape);
  }

  @Override
  public Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    return workload.next(random, model);
  }

  @Override
  public Failure classify(Throwable failure) {
    return engine.classify(failure);
  }

  @Override
  public String toString() {
    return shape.toString();
  }

  /** With durability OS, for processes that are killed. */
  public static final class Os extends DreySubject {
    public Os() {
      super(StoreShape.small(Promise.PROCESS_KILL), Workload.SMALL);
    }
  }

  /** With durability SYNC. */
  public static final class Sync extends DreySubject {
    public Sync() {
      super(StoreShape.small(Promise.POWER_LOSS), Workload.SMALL);
    }
  }

  /** With durability OS and the data file mapped. */
  public static final class Mapped extends DreySubject {
    public Mapped() {
      super(StoreShape.small(Promise.PROCESS_KILL).in(StoreShape.Storage.MAPPED), Workload.SMALL);
    }
  }

  /** With frames of 512 KiB, durability SYNC, the data file mapped and rounds in the background. */
  public static final class LargeMapped extends DreySubject {
    public LargeMapped() {
      super(
          StoreShape.large(Promise.POWER_LOSS).in(StoreShape.Storage.MAPPED_WITH_BACKGROUND_ROUNDS),
          Workload.LARGE);
    }
  }

  /** With durability NONE and rounds in the background. */
  public static final class None extends DreySubject {
    public None() {
      super(
          StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS),
          Workload.SMALL);
    }
  }

  /** With frames of 512 KiB, durability OS and rounds in the background. */
  public static final class Large extends DreySubject {
    public Large() {
      super(
          StoreShape.large(Promise.PROCESS_KILL)
              .in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS),
          Workload.LARGE);
    }
  }
}
