package io.drey.crash.hostile;

import io.drey.crash.History;
import io.drey.crash.Invariant;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.disk.DiskImage;
import io.drey.crash.disk.FileImage;
import io.drey.crash.disk.SimulatedDisk;
import io.drey.crash.hostile.Recovery.Answer;
import io.drey.crash.hostile.Recovery.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a workload on a sound disk left, and how the store answers when it has been damaged since:
 * it holds what was there after some operation, or says that its files are damaged.
 */
final class DamageRun {
  /** How the workload came to its end. */
  enum Ending {
    CLOSED,
    KILLED
  }

  /** A place to damage, and its class. */
  record Sample(Damage damage, String byteClass) {}

  /** Places looked at in each file; its first and last sectors are looked at besides. */
  private static final int PLACES = 4096;

  private final Subject subject;
  private final Script script;
  private final Ending ending;
  private final History history = new History(new TreeMap<>());
  private final List<Step> steps = new ArrayList<>();
  private DiskImage image = DiskImage.EMPTY;

  DamageRun(Subject subject, Script script, Ending ending) {
    this.subject = subject;
    this.script = script;
    this.ending = ending;
  }

  /** Runs the workload. */
  void prepare(Watch watch) throws IOException {
    try (SimulatedDisk disk = new SimulatedDisk()) {
      disk.createDirectory(FaultRun.DIRECTORY);
      Subject.Store store = subject.open(disk, FaultRun.DIRECTORY);
      for (Step step = next(); step != null; step = next()) {
        watch.stepBegins();
        steps.add(step);
        switch (step) {
          case Step.Do done -> {
            history.started(done.operation());
            history.acknowledged(store.apply(done.operation()));
          }
          case Step.Reopen _ -> {
            store.close();
            store = subject.open(disk, FaultRun.DIRECTORY);
          }
        }
      }
      if (ending == Ending.CLOSED) {
        store.close();
      }
      disk.crash();
      image = disk.trace().at(disk.position()).everything();
      if (ending == Ending.KILLED) {
        closeAnyhow(store);
      }
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new Broken(Invariant.TYPED_ERRORS, "fails on a sound disk", e);
    }
  }

  private @Nullable Step next() {
    return script.next(history.model());
  }

  private static void closeAnyhow(Subject.Store store) {
    try {
      store.close();
    } catch (Exception e) {
      // Its disk is gone.
    }
  }

  /** So many places of each class, drawn with the seed; every kind of damage has its turn. */
  List<Sample> samples(ByteClasses classes, int each, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    List<Sample> samples = new ArrayList<>();
    for (Map.Entry<String, FileImage> file : image.files().entrySet()) {
      Path path = Path.of("/" + file.getKey());
      long bytes = file.getValue().size();
      Map<String, List<Long>> byClass = new TreeMap<>();
      for (long position : places(bytes, random)) {
        String byteClass = classes.of(Call.nameOf(path), position, bytes);
        byClass.computeIfAbsent(byteClass, _ -> new ArrayList<>()).add(position);
      }
      byClass.forEach((byteClass, positions) -> {
        for (int i = 0; i < each; i++) {
          long position = positions.get(random.nextInt(positions.size()));
          samples.add(new Sample(damage(path, position, i, random), byteClass));
        }
      });
    }
    return samples;
  }

  private static List<Long> places(long bytes, RandomGenerator random) {
    List<Long> places = new ArrayList<>();
    if (bytes <= PLACES) {
      for (long position = 0; position < bytes; position++) {
        places.add(position);
      }
    } else {
      for (int i = 0; i < Sectors.BYTES; i++) {
        places.add((long) i);
        places.add(bytes - 1 - i);
      }
      for (int i = 0; i < PLACES; i++) {
        places.add(random.nextLong(bytes));
      }
    }
    return places;
  }

  /** Mostly flipped bits: the other kinds harm more, and so are found more easily. */
  private static Damage damage(Path file, long position, int turn, RandomGenerator random) {
    Damage.Kind kind =
        switch (turn % 8) {
          case 6 -> Damage.Kind.ZEROED_SECTOR;
          case 7 -> Damage.Kind.CUT;
          default -> Damage.Kind.FLIPPED_BIT;
        };
    return new Damage(kind, file, position, random.nextInt(Byte.SIZE));
  }

  /** Damages a copy and lets the store open it. Safe for several threads at once. */
  Answer recover(Damage damage) throws IOException {
    try (SimulatedDisk disk = new SimulatedDisk(image)) {
      damage.inflict(disk);
      Recovery recovery =
          new Recovery(subject, history, history.now(), Promise.NOTHING, Trust.NONE);
      return recovery.judge(disk, FaultRun.DIRECTORY, damage.toString());
    }
  }

  /** The steps of the workload, and how it ended. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(steps.stream().map(Step::toString).toList());
    lines.add(ending == Ending.CLOSED ? "close" : "kill");
    return lines;
  }
}
