package io.drey.recovery;

import io.drey.crash.CampaignReport;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.disk.CrashBounds;
import io.drey.crash.disk.PowerLossCampaign;
import io.drey.crash.disk.PowerLossOptions;
import io.drey.crash.hostile.FaultCampaign;
import io.drey.crash.hostile.FaultOptions;
import io.drey.crash.kill.KillCampaign;
import io.drey.crash.kill.KillOptions;
import io.drey.crash.kill.KillReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The long campaign: crash states, faults and kills without end but the one asked for, and the
 * whole detection matrix. Ends with 0 when nothing was found and every canary caught, else with 1.
 *
 * <p>Arguments, each with a number: {@code --states}, {@code --faults}, {@code --kills}, {@code
 * --matrix} (seconds for each canary and rung), {@code --seed}. What is left out is not done; a
 * missing seed is drawn and printed.
 */
public final class Campaign {
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static final Duration PATIENCE = Duration.ofDays(7);

  /** What one campaign is run over before the next shape has its turn. */
  private static final long STATES_A_TURN = 50_000;

  private static final int KILLS_A_TURN = 25;

  private record Arena(StoreShape shape, Workload workload) {}

  private static final List<Arena> ARENAS =
      List.of(
          new Arena(StoreShape.small(Promise.POWER_LOSS), Workload.SMALL),
          new Arena(StoreShape.small(Promise.PROCESS_KILL), Workload.SMALL),
          new Arena(StoreShape.small(Promise.NOTHING), Workload.SMALL),
          new Arena(StoreShape.small(Promise.POWER_LOSS), Workload.BULKY),
          new Arena(StoreShape.small(Promise.PROCESS_KILL), Workload.BROAD),
          new Arena(StoreShape.small(Promise.PROCESS_KILL), Workload.SPILLING),
          new Arena(
              StoreShape.small(Promise.PROCESS_KILL)
                  .in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS),
              Workload.BROAD),
          new Arena(StoreShape.large(Promise.PROCESS_KILL), Workload.LARGE),
          new Arena(
              StoreShape.small(Promise.POWER_LOSS).in(StoreShape.Storage.MAPPED), Workload.SMALL),
          new Arena(
              StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.MAPPED), Workload.BROAD),
          new Arena(
              StoreShape.small(Promise.PROCESS_KILL)
                  .in(StoreShape.Storage.MAPPED_WITH_BACKGROUND_ROUNDS),
              Workload.BROAD),
          new Arena(
              StoreShape.large(Promise.PROCESS_KILL).in(StoreShape.Storage.MAPPED),
              Workload.LARGE));

  private static final List<Class<? extends Subject>> KILLED =
      List.of(
          DreySubject.Os.class,
          DreySubject.Sync.class,
          DreySubject.None.class,
          DreySubject.Large.class,
          DreySubject.Mapped.class,
          DreySubject.LargeMapped.class);

  private final long seed;
  private final List<CampaignReport> reports = new ArrayList<>();
  private boolean clean = true;

  private Campaign(long seed) {
    this.seed = seed;
  }

  /** Runs what the arguments ask for. */
  public static void main(String[] arguments) throws Exception {
    Map<String, Long> asked = new LinkedHashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      asked.put(arguments[i], Long.parseLong(arguments[i + 1].replace("_", "")));
    }
    Campaign campaign = new Campaign(asked.getOrDefault("--seed", System.nanoTime()));
    System.out.println("seed " + campaign.seed);
    campaign.powerLoss(asked.getOrDefault("--states", 0L));
    campaign.faults(asked.getOrDefault("--faults", 0L));
    campaign.kills(asked.getOrDefault("--kills", 0L));
    campaign.matrix(asked.getOrDefault("--matrix", 0L));
    System.exit(campaign.clean ? 0 : 1);
  }

  private void powerLoss(long wanted) throws InterruptedException {
    long states = 0;
    for (int turn = 0; states < wanted; turn++) {
      Arena arena = ARENAS.get(turn % ARENAS.size());
      boolean deep = turn / ARENAS.size() % 2 == 1;
      PowerLossOptions options =
          PowerLossOptions.of(seed + turn)
              .withWorkload(deep ? 4 : 8, arena.workload().operations())
              .withBounds(new CrashBounds(8, 12, 1))
              .withNextLives(deep ? 50 : 0, deep ? 5 : 0)
              .withBudget(Math.min(STATES_A_TURN, wanted - states), PATIENCE)
              .withThreads(THREADS);
      DreySubject subject = new DreySubject(arena.shape(), arena.workload());
      CampaignReport report = PowerLossCampaign.run(subject, options);
      states += report.states();
      tell(arena.shape() + ", seed " + options.seed(), report, report.line());
    }
    sum("power loss in all");
  }

  private void faults(long wanted) throws InterruptedException {
    long faults = 0;
    for (int turn = 0; faults < wanted; turn++) {
      Arena arena = ARENAS.get(turn % ARENAS.size());
      FaultOptions options =
          FaultOptions.of(seed + turn)
              .withWorkload(1, arena.workload().operations())
              .withFaults(arena.shape().faults())
              .withBounds(200, 8)
              .withLimits(new FaultOptions.Limits(PATIENCE, Duration.ofSeconds(60), THREADS));
      DreySubject subject = new DreySubject(arena.shape(), arena.workload());
      var report = FaultCampaign.run(subject, options);
      faults += report.campaign().states();
      tell(arena.shape() + ", seed " + options.seed(), report.campaign(), report.line());
    }
    sum("faults in all");
  }

  private void kills(long wanted) throws IOException {
    long kills = 0;
    for (int turn = 0; kills < wanted; turn++) {
      Class<? extends Subject> subject = KILLED.get(turn % KILLED.size());
      Path directory = Files.createTempDirectory("drey-kills");
      KillOptions options =
          KillOptions.of(seed + turn)
              .withImages(KillOptions.Images.BEFORE_RECOVERY)
              .withBudget(KILLS_A_TURN, PATIENCE);
      KillReport report = KillCampaign.run(subject, directory, options);
      kills += report.kills();
      tell(
          "%s, seed %d".formatted(subject.getSimpleName(), options.seed()),
          report.campaign(),
          report.line());
      if (report.campaign().clean()) {
        Directories.delete(directory);
      }
    }
    if (wanted > 0) {
      System.out.println("kills in all: " + kills);
    }
    sum("kill rounds in all");
  }

  private void matrix(long seconds) throws Exception {
    if (seconds == 0) {
      return;
    }
    DetectionMatrix matrix = new DetectionMatrix();
    for (Canary canary : Canary.all()) {
      clean &=
          matrix.put(
              canary,
              EnumSet.allOf(Rung.class),
              DetectionMatrix.Depth.EVERY_RUNG,
              seed,
              Duration.ofSeconds(seconds));
    }
    System.out.println(matrix);
    System.out.println("not caught: " + matrix.uncaught());
  }

  private void tell(String where, CampaignReport report, String line) {
    reports.add(report);
    System.out.println(where + ": " + line);
    if (!report.clean()) {
      clean = false;
      System.out.println(report);
    }
  }

  private void sum(String name) {
    if (!reports.isEmpty()) {
      System.out.println(CampaignReport.merge(name, reports).line());
      reports.clear();
    }
  }
}
