package io.drey.recovery;

import io.drey.crash.Bytes;
import io.drey.crash.CampaignReport;
import io.drey.crash.Finding;
import io.drey.crash.Invariant;
import io.drey.crash.Operation;
import io.drey.crash.Subject;
import io.drey.crash.disk.CrashBounds;
import io.drey.crash.disk.PowerLossCampaign;
import io.drey.crash.disk.PowerLossOptions;
import io.drey.crash.disk.PowerLossOptions.NextLives;
import io.drey.crash.hostile.FaultCampaign;
import io.drey.crash.hostile.FaultKind;
import io.drey.crash.hostile.FaultOptions;
import io.drey.crash.kill.KillCampaign;
import io.drey.crash.kill.KillOptions;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** One way to look for bugs, as canaries are put to it: it ends at its first finding. */
enum Rung {
  /** Operations against a map, and the store's own check; nothing crashes. */
  MODEL {
    @Override
    Sighting run(Canary canary, long seed, Duration budget) throws Exception {
      DreySubject subject = canary.subject();
      Vfs vfs = Vfs.memory();
      Path directory = Path.of("/store");
      vfs.createDirectory(directory);
      SplittableRandom random = new SplittableRandom(seed);
      NavigableMap<Bytes, Bytes> model = new TreeMap<>();
      Watched store = new Watched(subject.open(vfs, directory));
      try {
        for (int i = 1; i <= MODEL_OPERATIONS; i++) {
          Operation operation = subject.next(random, model);
          store.apply(operation);
          operation.applyTo(model);
          if (i % 10 == 0 && !store.dump().equals(model)) {
            return Sighting.of(Invariant.TRUE_READS, i);
          }
          if (i % 10 == 0 && !store.check().isEmpty()) {
            return Sighting.of(Invariant.STRUCTURE, i);
          }
        }
        return Sighting.nothing(MODEL_OPERATIONS);
      } catch (Throwable e) {
        return Sighting.of(Invariant.TYPED_ERRORS, store.operations());
      } finally {
        store.closeAnyhow();
      }
    }
  },
  /** Every crash state of a simulated disk. */
  POWER_LOSS {
    @Override
    Sighting run(Canary canary, long seed, Duration budget) throws Exception {
      CampaignReport shallow = powerLoss(canary, seed, budget.dividedBy(2), ONE_LIFE);
      if (!shallow.clean()) {
        return Sighting.of(shallow);
      }
      CampaignReport deep = powerLoss(canary, seed + 1, budget.dividedBy(2), SEVERAL_LIVES);
      return Sighting.of(CampaignReport.merge("power loss", List.of(shallow, deep)));
    }
  },
  /** A disk that fails. */
  FAULTS {
    @Override
    Sighting run(Canary canary, long seed, Duration budget) throws Exception {
      long start = System.nanoTime();
      DreySubject subject = canary.subject();
      long states = 0;
      for (int round = 0; states == 0 || System.nanoTime() - start < budget.toNanos(); round++) {
        for (FaultKind kind : canary.faults()) {
          CampaignReport report =
              FaultCampaign.run(
                      subject,
                      FaultOptions.of(seed + round)
                          .withWorkload(1, canary.workload().operations())
                          .withFaults(EnumSet.of(kind))
                          .withBounds(FAULTS_A_KIND, 1)
                          .withLimits(new FaultOptions.Limits(budget, PATIENCE, THREADS)))
                  .campaign();
          states += report.states();
          if (!report.clean()) {
            return Sighting.of(report.findings().getFirst().verdict().invariant(), states);
          }
        }
      }
      return Sighting.nothing(states);
    }
  },
  /** Processes that are killed. */
  KILL {
    @Override
    Sighting run(Canary canary, long seed, Duration budget) throws IOException {
      Path directory = Files.createTempDirectory("drey-canary");
      System.setProperty(CanarySubject.PROPERTY, canary.name());
      try {
        return Sighting.of(
            KillCampaign.run(
                    CanarySubject.class,
                    directory,
                    KillOptions.of(seed)
                        .withOperations(canary.workload().operations())
                        .withJvmOptions(
                            List.of("-D" + CanarySubject.PROPERTY + "=" + canary.name()))
                        .withLimits(new KillOptions.Limits(KILLS, budget, PATIENCE, 1)))
                .campaign());
      } finally {
        System.clearProperty(CanarySubject.PROPERTY);
        Directories.delete(directory);
      }
    }
  };

  private static final int MODEL_OPERATIONS = 600;
  private static final int FAULTS_A_KIND = 12;
  private static final int KILLS = 1_000;
  private static final int THREADS = 2;
  private static final NextLives ONE_LIFE = new NextLives(0, 0);
  private static final NextLives SEVERAL_LIVES = new NextLives(20, 3);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /**
   * What a rung saw.
   *
   * @param invariant the broken one; null = none
   * @param states after so many states, faults, kills or operations
   */
  record Sighting(Invariant invariant, long states) {
    static Sighting of(Invariant invariant, long states) {
      return new Sighting(invariant, states);
    }

    static Sighting nothing(long states) {
      return new Sighting(null, states);
    }

    static Sighting of(CampaignReport report) {
      List<Finding> findings = report.findings();
      return findings.isEmpty()
          ? nothing(report.states())
          : of(findings.getFirst().verdict().invariant(), report.states());
    }

    boolean caught() {
      return invariant != null;
    }

    @Override
    public String toString() {
      return caught() ? "%s, %,d".formatted(invariant, states) : "- (%,d)".formatted(states);
    }
  }

  /** A store that counts its operations and is closed whatever its state. */
  private static final class Watched {
    private final Subject.Store store;
    private long operations;

    Watched(Subject.Store store) {
      this.store = store;
    }

    void apply(Operation operation) throws Exception {
      operations++;
      store.apply(operation);
    }

    NavigableMap<Bytes, Bytes> dump() throws Exception {
      return store.dump();
    }

    List<String> check() throws Exception {
      return store.check();
    }

    long operations() {
      return operations;
    }

    void closeAnyhow() {
      try {
        store.close();
      } catch (Throwable e) {
        // What a broken store says at its end is of no interest.
      }
    }
  }

  private static CampaignReport powerLoss(
      Canary canary, long seed, Duration budget, NextLives lives) throws InterruptedException {
    int runs = (int) Math.max(2, 2 * budget.toSeconds());
    return PowerLossCampaign.run(
        canary.subject(),
        PowerLossOptions.of(seed)
            .withWorkload(runs, canary.workload().operations())
            .withBounds(new CrashBounds(6, 6, 4))
            .withNextLives(lives.ofImages(), lives.ofKills())
            .withBudget(Long.MAX_VALUE, budget)
            .withFindings(1));
  }

  /** Puts a canary to the rung, for about the time given unless it is caught before. */
  abstract Sighting run(Canary canary, long seed, Duration budget) throws Exception;
}
