package io.drey.recovery;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.Subject;
import io.drey.crash.kill.KillCampaign;
import io.drey.crash.kill.KillOptions;
import io.drey.crash.kill.KillReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drey in processes that are killed, over real files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KillTest {
  private static final int ROUNDS = 11;
  private static final long KILLS_IN_ALL = 50;

  @TempDir Path ground;

  private long kills;

  @ParameterizedTest
  @ValueSource(
      classes = {
        DreySubject.None.class,
        DreySubject.Os.class,
        DreySubject.Sync.class,
        DreySubject.Large.class,
        DreySubject.Mapped.class,
        DreySubject.LargeMapped.class
      })
  void leavesWhatWasPromised(Class<? extends Subject> subject) throws Exception {
    KillOptions options =
        KillOptions.of(System.nanoTime())
            .withImages(KillOptions.Images.BEFORE_RECOVERY)
            .withBudget(ROUNDS, Duration.ofMinutes(10));
    KillReport report = KillCampaign.run(subject, ground.resolve(subject.getSimpleName()), options);
    kills += report.kills();
    System.out.println(
        "%s, seed %d: %s".formatted(subject.getSimpleName(), options.seed(), report.line()));
    assertTrue(report.campaign().clean(), report.campaign()::toString);
  }

  @AfterAll
  void killSoManyProcesses() {
    System.out.println("kills in all: " + kills);
    assertTrue(kills >= KILLS_IN_ALL, () -> kills + " kills");
  }
}
