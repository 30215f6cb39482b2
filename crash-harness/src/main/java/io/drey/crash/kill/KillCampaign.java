package io.drey.crash.kill;

import io.drey.crash.CampaignReport;
import io.drey.crash.Digest;
import io.drey.crash.Finding;
import io.drey.crash.History;
import io.drey.crash.Subject;
import io.drey.crash.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Kills children, round after round, over one store. Each child is judged by what all before it
 * were told and acknowledged. After a finding the store is left for inspection, and a new one is
 * begun.
 *
 * <p>Operations and plans follow from the seed; when exactly a kill strikes does not.
 *
 * {@snippet :
 * KillReport report = KillCampaign.run(MySubject.class, directory, KillOptions.of(seed));
 * assertTrue(report.campaign().clean(), report.campaign()::toString);
 * }
 */
public final class KillCampaign {
  private static final String NAME = "kill";

  private final Class<? extends Subject> type;
  private final Path directory;
  private final KillOptions options;
  private final Subject subject;
  private final RandomGenerator random;
  private final Plans plans;
  private final @Nullable BlackBox blackBox;
  private final Trail trail = new Trail();
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Digest> distinct = new HashSet<>();

  private Path store;
  private History history = new History(new TreeMap<>());
  private int round;
  private long recoveries;
  private long worstRecoveryNanos;
  private long kills;
  private long inRecovery;
  private long atPoints;
  private long operations;

  private KillCampaign(Class<? extends Subject> type, Path directory, KillOptions options) {
    this.type = type;
    this.directory = directory;
    this.options = options;
    this.subject = Subjects.named(type.getName());
    this.random = Subjects.random(options.seed());
    this.plans = new Plans(options, random);
    this.store = directory.resolve("store-1");
    String prefix = options.events().prefix();
    this.blackBox = prefix.isEmpty() ? null : new BlackBox(directory.resolve("events"), prefix);
  }

  /**
   * Runs all rounds.
   *
   * @param subject with a public constructor without parameters, which children call too
   * @param directory where stores are made; made itself if it is missing
   * @throws IOException if directories or children cannot be made
   */
  public static KillReport run(
      Class<? extends Subject> subject, Path directory, KillOptions options) throws IOException {
    KillCampaign campaign = new KillCampaign(subject, directory, options);
    campaign.runAll();
    return campaign.report();
  }

  private void runAll() throws IOException {
    Files.createDirectories(directory);
    Files.createDirectory(store);
    long start = System.nanoTime();
    while (round < options.limits().rounds()
        && findings.size() < options.limits().findings()
        && System.nanoTime() - start < options.limits().time().toNanos()) {
      round++;
      runRound();
    }
  }

  private KillReport report() {
    CampaignReport campaign =
        new CampaignReport(
            NAME,
            round,
            distinct.size(),
            recoveries,
            Duration.ofNanos(worstRecoveryNanos),
            findings);
    return new KillReport(campaign, kills, inRecovery, atPoints, operations);
  }

  private void runRound() throws IOException {
    keepImage();
    Plan plan = plans.next();
    long seed = random.nextLong();
    Path stderr = directory.resolve("child.err");
    trail.add("round %d, %s".formatted(round, plan));
    try (Child child = new Child(command(plan), stderr)) {
      KillRound running = new KillRound(child, plan, plans, options, subject, seed, trail, history);
      running.run();
      count(running);
      history = running.history();
      Verdict.Broken broken = running.broken();
      if (broken != null) {
        found(broken, plan, child.printed());
      }
    }
    if (blackBox != null) {
      blackBox.forget(round - 1);
    }
  }

  private List<String> command(Plan plan) throws IOException {
    List<String> command = new ArrayList<>(ChildCommand.of(ChildMain.class, jvmOptions(), type));
    command.add(type.getName());
    command.add(store.toString());
    command.add(plan instanceof Plan.AtPoint at ? at.point().toString() : "-");
    return command;
  }

  private List<String> jvmOptions() {
    List<String> all = new ArrayList<>(options.jvmOptions());
    if (blackBox != null) {
      all.addAll(blackBox.jvmOptions(round));
    }
    return all;
  }

  private void count(KillRound ended) {
    Digest digest = ended.digest();
    if (digest != null) {
      recoveries++;
      distinct.add(digest);
      worstRecoveryNanos = Math.max(worstRecoveryNanos, ended.recoveryNanos());
    }
    if (ended.killed()) {
      kills++;
      inRecovery += digest == null ? 1 : 0;
      atPoints += ended.reached() ? 1 : 0;
    }
    operations += ended.acknowledged();
  }

  private void found(Verdict.Broken broken, Plan plan, String printed) throws IOException {
    String detail = printed.isEmpty() ? "" : "%nthe child printed:%n%s".formatted(printed);
    String evidence = "the store is left in %s".formatted(store);
    if (options.images() == KillOptions.Images.BEFORE_RECOVERY) {
      Path before = directory.resolve("store-%d-before".formatted(findings.size() + 1));
      Files.move(image(), before);
      evidence += ", as the last child found it in " + before;
    }
    if (blackBox != null) {
      evidence +=
          "%nthe last events of the child before, and of the one that found it:%n%s%n%s"
              .formatted(blackBox.lastSecond(round - 1), blackBox.lastSecond(round));
    }
    findings.add(
        new Finding(
            NAME,
            new Verdict.Broken(broken.invariant(), broken.detail() + detail),
            options.seed(),
            "round %d, %s".formatted(round, plan),
            "the last that happened:%n%s%n%s".formatted(trail, evidence)));
    store = directory.resolve("store-%d".formatted(findings.size() + 1));
    Files.createDirectory(store);
    history = new History(new TreeMap<>());
    trail.clear();
  }

  private Path image() {
    return directory.resolve("image");
  }

  private void keepImage() throws IOException {
    if (options.images() == KillOptions.Images.BEFORE_RECOVERY) {
      DirectoryCopy.delete(image());
      DirectoryCopy.make(store, image());
    }
  }
}
