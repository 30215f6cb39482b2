package io.drey.profile.golden;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** One situation, the workload that makes it, and the rule that has to see it. */
public enum Situation {
  CALM("", Workloads::calm),
  LONE_COMMITTER("DreySmallGroups", Workloads::commitAlone),
  SLOW_ROUNDS("DreyCheckpointBehind", Workloads::outrunRounds),
  SMALL_POOL("DreySmallPool", Workloads::readMoreThanFits),
  HOT_KEY("DreyRestartStorm", Contention::changeWhatIsRead),
  MOSTLY_DELETED("DreyLowFill", Workloads::deleteMost),
  STALLED_WRITERS("DreyJournalStalls", Workloads::meetTheLimit),
  LONG_SNAPSHOT("DreyPinnedImages", Workloads::keepASnapshot),
  DEVICE_SLOWS("DreySlowerDevice", Failures::slowDown),
  FAILED_FORCE("DreyStoreFailures", Failures::failAForce),
  FULL_DISK("DreyStoreFailures", Failures::fillTheDisk),
  DAMAGED_DATA("DreyStoreFailures", Failures::damageTheData),
  CRASHED_BEFORE("DreyLongReplay", Failures::crashWithALongJournal),
  LEAKED_SNAPSHOT("DreyLeakedSnapshots", Failures::leakASnapshot),
  LONG_BATCH("DreyClosedGate", Contention::batchOverManyBlobs),
  SLOW_FORCES("DreySlowCalls", Failures::forceSlowly),
  HASTY_ROUNDS("DreyRewrittenBlobs", Workloads::checkpointTooOften);

  /** Something that a store does in a directory of its own. */
  interface Workload {
    void run(Path directory) throws Exception;
  }

  /** The id of the rule; empty where none has anything to say. */
  public final String rule;

  private final Workload workload;

  Situation(String rule, Workload workload) {
    this.rule = rule;
    this.workload = workload;
  }

  /** Makes the recording of it. */
  public void record(Path directory, Path recordingFile) throws Exception {
    try (Recording recording = new Recording()) {
      recording.setSettings(settings());
      recording.start();
      workload.run(directory);
      recording.stop();
      recording.dump(recordingFile);
    }
  }

  /** The detailed ones, with statistics every 50 ms, since a workload takes a second or two. */
  private static Map<String, String> settings() throws IOException, ParseException {
    Path file = Path.of("src/main/resources/io/drey/profile/drey-detailed.jfc");
    Map<String, String> settings = new HashMap<>(Configuration.create(file).getSettings());
    settings.replaceAll(
        (name, value) ->
            name.startsWith("io.drey.") && name.endsWith("#period") ? "50 ms" : value);
    settings.put("io.drey.test.Ticks#enabled", "true");
    settings.put("io.drey.test.Ticks#period", "50 ms");
    return settings;
  }
}
