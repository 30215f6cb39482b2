package io.drey.crash.disk;

import io.drey.crash.CampaignReport;
import io.drey.crash.History;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import io.drey.crash.disk.Life.Mark;
import io.drey.crash.disk.Life.Start;
import io.drey.crash.disk.Recoveries.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a store on a simulated disk, cuts the power after every effect, and opens the store on all
 * that may then be on the disk.
 *
 * <p>Each run records one life of the store: open, operations, close. At each position of its trace
 * every crash state is recovered from, unless one with the same image was, and judged by the
 * history as it was there; and so is a kill. Some crash states are gone on with: the recovery and
 * more operations are recorded as the next life, which crashes at its positions in turn. Some kills
 * are, too, with what was pending still pending, so that the recovery may have trusted what a later
 * loss of power takes.
 *
 * {@snippet :
 * CampaignReport report =
 *     PowerLossCampaign.run(subject, PowerLossOptions.of(seed).withWorkload(4, 40));
 * assertTrue(report.clean(), report::toString);
 * }
 */
public final class PowerLossCampaign {
  /** Positions at which a later life crashes, besides its last. */
  private static final int LATER_POSITIONS = 24;

  /** What is tried at each of them. */
  private static final CrashBounds LATER_BOUNDS = new CrashBounds(4, 3, 4);

  /** Most operations of a later life. */
  private static final int LATER_OPERATIONS = 6;

  /** Lives in a row: the run, the one after its crash, the one after that. */
  private static final int LIVES = 3;

  /** Positions that have less than their share of states leave room for those that have more. */
  private static final long SLACK = 2;

  private final Subject subject;
  private final PowerLossOptions options;
  private final Watch watch;
  private final Recoveries recoveries;
  private final Findings findings;
  private final Budget budget;

  private PowerLossCampaign(Subject subject, PowerLossOptions options, Watch watch) {
    this.subject = subject;
    this.options = options;
    this.watch = watch;
    this.recoveries = new Recoveries(subject, watch);
    this.findings = new Findings(recoveries, options.limits().findings(), options.images());
    this.budget = new Budget(options.limits());
  }

  /**
   * Runs the whole campaign.
   *
   * @throws InterruptedException if the thread is interrupted; what runs is stopped
   */
  public static CampaignReport run(Subject subject, PowerLossOptions options)
      throws InterruptedException {
    try (Watch watch = new Watch(options.limits().call())) {
      return new PowerLossCampaign(subject, options, watch).run();
    }
  }

  private CampaignReport run() throws InterruptedException {
    Start fresh =
        start(new History(new TreeMap<>()), DiskImage.EMPTY.withDirectory(Recoveries.STORE));
    Start start = fresh;
    int runs = options.workload().runs();
    for (int run = 0; budget.beginsRun(run, runs) && !findings.enough(); run++) {
      long seed = seed(options.seed(), run);
      Life life =
          live(
              new Start(origin(run, seed), start.disk(), start.before(), start.survived(), seed),
              options.workload().operations());
      if (life.broken() == null) {
        exploreAll(life);
      }
      start = run % 2 == 0 && life.broken() == null ? closed(life) : fresh;
    }
    return new CampaignReport(
        Findings.CAMPAIGN,
        budget.states(),
        recoveries.distinctImages(),
        recoveries.count(),
        recoveries.worst(),
        findings.all());
  }

  private static List<String> origin(int run, long seed) {
    return List.of(
        "run %d, seed %d, %s"
            .formatted(
                run,
                seed,
                run % 2 == 0 ? "an empty directory" : "the store the run before closed"));
  }

  private static Start start(History history, DiskImage image) {
    Mark before = new Mark(0, history, history.now());
    return new Start(List.of(), DiskState.of(image), before, Promise.POWER_LOSS, 0);
  }

  /** What a closed store leaves for the next run, once the disk has written everything. */
  private static Start closed(Life life) {
    Mark last = life.at(life.trace().end());
    History settled = last.history().settled(last.moment(), last.moment().started());
    return start(settled, life.trace().at(life.trace().end()).everything());
  }

  private Life live(Start start, int operations) {
    Life life = LifeRecorder.record(subject, recoveries, watch, start, operations);
    if (life.broken() != null) {
      findings.add(life, life.broken());
    }
    return life;
  }

  private boolean isOver() {
    return findings.enough() || budget.isSpent();
  }

  /** Goes through all positions of a run, on as many threads as the options say. */
  private void exploreAll(Life life) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService workers = Executors.newFixedThreadPool(options.limits().threads());
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < options.limits().threads(); i++) {
        ends.add(
            workers.submit(() -> {
              int position = next.getAndIncrement();
              while (position <= life.trace().end() && !isOver()) {
                explore(life, position, 1);
                position = next.getAndIncrement();
              }
            }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the harness failed", e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  /** Crashes a life at one position in every way. */
  private void explore(Life life, int position, int lives) {
    DiskState state = life.trace().at(position);
    long seed = seed(life.seed(), position);
    if (!judge(Crash.kill(life, position, state), lives)) {
      return;
    }
    crashes(life, position, state, seed, lives)
        .takeWhile(crash -> judge(new Crash(life, position, crash, Promise.POWER_LOSS), lives))
        .forEach(_ -> {});
    int every = options.nextLives().ofKills();
    if (every > 0 && lives < LIVES && !isOver() && Long.remainderUnsigned(seed, every) == 0) {
      goOn(Crash.kill(life, position, state), state, lives);
    }
  }

  /**
   * What a loss of power at the position may leave, as much of it as the budget has room for.
   * States without the newest effect are those of the position before, and count again only if more
   * is promised.
   */
  private Stream<CrashState> crashes(
      Life life, int position, DiskState state, long seed, int lives) {
    boolean all = lives > 1 || position == 0 || life.hasMarkAt(position);
    if (!all && life.trace().effects().get(position - 1) instanceof Effect.Force) {
      return Stream.of();
    }
    if (lives > 1) {
      return CrashStates.of(state, LATER_BOUNDS, seed);
    }
    long share = Math.multiplyExact(SLACK, budget.share(life.trace().end() - position + 1));
    CrashBounds bounds = options.bounds();
    long count = CrashStates.of(state, bounds, seed).count();
    CrashBounds thinned = bounds.thinnedTo(share, count);
    return all
        ? CrashStates.of(state, thinned, seed)
        : CrashStates.withNewest(state, thinned, seed);
  }

  /** Whether to go on after having judged this crash. */
  private boolean judge(Crash crash, int lives) {
    if (isOver()) {
      return false;
    }
    budget.count();
    DiskImage image = crash.state().image();
    Outcome outcome = recoveries.known(image);
    boolean isNew = outcome == null;
    if (outcome == null) {
      outcome = recoveries.recover(image);
    }
    Verdict.@Nullable Broken broken = crash.judge(recoveries, image, outcome);
    if (broken != null) {
      findings.add(crash, broken);
    } else {
      int every = options.nextLives().ofImages();
      long draw = seed(image.digest().low(), crash.position());
      if (isNew && every > 0 && lives < LIVES && Long.remainderUnsigned(draw, every) == 0) {
        goOn(crash, DiskState.of(image), lives);
      }
    }
    return !isOver();
  }

  /** Records the life that begins with the disk a crash left, and crashes it too. */
  private void goOn(Crash crash, DiskState disk, int lives) {
    Mark at = crash.life().at(crash.position());
    SplittableRandom random = new SplittableRandom(seed(crash.life().seed(), crash.position()));
    List<String> origin = new ArrayList<>(crash.lines());
    origin.add("then, on what that left:");
    Life next =
        live(
            new Start(origin, disk, at, crash.survived(), random.nextLong()),
            random.nextInt(2) * random.nextInt(1, LATER_OPERATIONS + 1));
    if (next.broken() != null) {
      return;
    }
    int end = next.trace().end();
    explore(next, end, lives + 1);
    for (int i = 0; i < Math.min(LATER_POSITIONS, end) && !isOver(); i++) {
      int position = end <= LATER_POSITIONS ? i : random.nextInt(end);
      explore(next, position, lives + 1);
    }
  }

  private static long seed(long seed, long number) {
    return new SplittableRandom(seed * 31 + number).nextLong();
  }
}
