package io.drey.crash.hostile;

import io.drey.crash.Finding;
import io.drey.crash.Invariant;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import io.drey.crash.hostile.DamageRun.Ending;
import io.drey.crash.hostile.DamageRun.Sample;
import io.drey.crash.hostile.Fault.Lasting;
import io.drey.crash.hostile.Recovery.Answer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a subject's workload once for each fault at each call, on a simulated disk, and lets the
 * store open files that were damaged at rest. What is asked of the store is said at {@link
 * FaultKind#lies} and {@link io.drey.crash.Failure}.
 *
 * {@snippet :
 * FaultReport report = FaultCampaign.run(subject, FaultOptions.of(seed).withWorkload(1, 60));
 * assertTrue(report.campaign().clean(), report.campaign()::toString);
 * }
 */
public final class FaultCampaign {
  /** These are tried both once and lasting; the others once, so that later calls show the harm. */
  private static final Set<FaultKind> LAST =
      EnumSet.of(FaultKind.IO_ERROR, FaultKind.NO_SPACE, FaultKind.LOST_FORCE);

  private static final int TRIALS = 200;

  /** A kind of fault at a kind of call that made so many runs hang is not tried again. */
  private static final int HANGS = 3;

  private final Subject subject;
  private final FaultOptions options;
  private final Tally tally = new Tally();
  private final long start = System.nanoTime();

  private FaultCampaign(Subject subject, FaultOptions options) {
    this.subject = subject;
    this.options = options;
  }

  /**
   * Runs the whole campaign.
   *
   * @param subject used by several threads at once, on different disks
   * @throws InterruptedException if the thread is interrupted
   */
  public static FaultReport run(Subject subject, FaultOptions options) throws InterruptedException {
    FaultCampaign campaign = new FaultCampaign(subject, options);
    campaign.runAll();
    return campaign.tally.report();
  }

  /** What one fault does to the workload with the seed of the options; null if all is well. */
  public static @Nullable Finding replay(Subject subject, FaultOptions options, Fault fault) {
    FaultCampaign campaign = new FaultCampaign(subject, options);
    campaign.tryFault(options.seed(), fault);
    List<Finding> findings = campaign.tally.report().campaign().findings();
    return findings.isEmpty() ? null : findings.getFirst();
  }

  private void runAll() throws InterruptedException {
    List<Future<?>> runs = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(options.limits().threads());
    try {
      for (int i = 0; i < options.workload().runs(); i++) {
        long seed = options.seed() + i;
        for (Fault fault : faults(seed)) {
          runs.add(threads.submit(() -> runIfTimeIsLeft(() -> tryFault(seed, fault))));
        }
        for (Ending ending : Ending.values()) {
          runs.add(threads.submit(() -> runIfTimeIsLeft(() -> tryDamages(seed, ending))));
        }
      }
      for (Future<?> run : runs) {
        run.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the harness itself failed", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void runIfTimeIsLeft(Runnable run) {
    if (System.nanoTime() - start < options.limits().time().toNanos()) {
      run.run();
    }
  }

  /** All faults of one workload, after a run without any that counts its calls. */
  private List<Fault> faults(long seed) {
    FaultRun sound = run(null, drawn(seed));
    Verdict.Broken broken = sound.broken();
    if (broken != null) {
      String where = "a sound disk";
      tally.found(where, broken, seed, where, reproduction(sound, seed, where));
      return List.of();
    }
    RandomGenerator random = new SplittableRandom(seed);
    List<Fault> faults = new ArrayList<>();
    for (FaultKind kind : options.faults().stream().sorted().toList()) {
      for (CallKind call : kind.strikes().stream().sorted().toList()) {
        for (long ordinal : ordinals(sound.disk().calls(call), random)) {
          Point point = Point.nth(call, ordinal);
          long detail = random.nextInt(Short.MAX_VALUE);
          faults.add(new Fault(kind, point, Lasting.ONCE, detail));
          if (LAST.contains(kind)) {
            faults.add(new Fault(kind, point, Lasting.FROM_THEN_ON, detail));
          }
        }
      }
    }
    return faults;
  }

  /** All from 1 to {@code calls}, or as many of them as the bound allows. */
  private Set<Long> ordinals(long calls, RandomGenerator random) {
    Set<Long> ordinals = new TreeSet<>();
    if (calls <= options.perKind()) {
      for (long ordinal = 1; ordinal <= calls; ordinal++) {
        ordinals.add(ordinal);
      }
    } else {
      while (ordinals.size() < options.perKind()) {
        ordinals.add(1 + random.nextLong(calls));
      }
    }
    return ordinals;
  }

  private Script drawn(long seed) {
    return Script.drawn(subject, seed, options.workload().operations());
  }

  private FaultRun run(@Nullable Fault fault, Script script) {
    List<FaultRun> made = new ArrayList<>();
    try {
      Watch.over(
          watch -> {
            FaultRun run = new FaultRun(subject, fault, script, watch);
            made.add(run);
            run.run();
          },
          options.limits().call());
    } catch (Broken hang) {
      made.getFirst().hangs(hang.verdict());
    }
    return made.getFirst();
  }

  private void tryFault(long seed, Fault fault) {
    if (tally.times(like(fault, Invariant.PROGRESS)) >= HANGS) {
      tally.missed();
      return;
    }
    FaultRun run = run(fault, drawn(seed));
    tally.ran(fault, run);
    Verdict.Broken broken = run.broken();
    if (broken == null) {
      return;
    }
    String like = like(fault, broken.invariant());
    if (tally.times(like) > 0) {
      tally.foundAgain(like);
      return;
    }
    FaultRun told = run;
    Verdict.Broken shown = broken;
    if (broken.invariant() != Invariant.PROGRESS) {
      FaultRun shortest = shortened(fault, run.steps(), broken.invariant());
      Verdict.Broken again = shortest.broken();
      if (again != null && again.invariant() == broken.invariant()) {
        told = shortest;
        shown = again;
      }
    }
    tally.found(like, shown, seed, fault.toString(), reproduction(told, seed, fault.toString()));
  }

  private static String like(Fault fault, Invariant invariant) {
    return "%s %s %s".formatted(fault.kind(), fault.point().kind(), invariant);
  }

  private FaultRun shortened(Fault fault, List<Step> steps, Invariant invariant) {
    Shortening shortening =
        new Shortening(
            shorter -> {
              Verdict.Broken broken = run(fault, Script.of(shorter)).broken();
              return broken != null && broken.invariant() == invariant;
            },
            TRIALS);
    return run(fault, Script.of(shortening.of(steps)));
  }

  private String reproduction(FaultRun run, long seed, String fault) {
    List<String> lines = new ArrayList<>();
    lines.add("open a new store on a disk with the fault " + fault);
    run.steps().forEach(step -> lines.add(step.toString()));
    lines.add("the disk failed at:");
    run.disk().strikes().stream().limit(TRIALS).forEach(strike -> lines.add("  " + strike));
    lines.add(
        "the whole run again: crash-harness faults %s --seed %d --operations %d --fault '%s'"
            .formatted(subject.getClass().getName(), seed, options.workload().operations(), fault));
    return lines.stream().collect(Collectors.joining(System.lineSeparator()));
  }

  private void tryDamages(long seed, Ending ending) {
    DamageRun run = new DamageRun(subject, drawn(seed), ending);
    try {
      Watch.over(run::prepare, options.limits().call());
    } catch (Broken e) {
      String where = "a sound disk";
      tally.found(where, e.verdict(), seed, where, String.join("\n", run.lines()));
      return;
    }
    for (Sample sample : run.samples(options.byteClasses(), options.damages(), seed)) {
      runIfTimeIsLeft(() -> tryDamage(seed, run, sample));
    }
  }

  private void tryDamage(long seed, DamageRun run, Sample sample) {
    List<Answer> answers = new ArrayList<>();
    try {
      Watch.over(_ -> answers.add(run.recover(sample.damage())), options.limits().call());
      tally.damaged(answers.getFirst());
    } catch (Broken e) {
      tally.damaged(null);
      String like =
          "%s %s %s".formatted(sample.damage().kind(), sample.byteClass(), e.verdict().invariant());
      String reproduction = String.join(System.lineSeparator(), run.lines());
      tally.found(like, e.verdict(), seed, sample.damage().toString(), reproduction);
    }
  }
}
