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
  CALM("", Workloads::calm, Workloads::calm),
  LONE_COMMITTER("DreySmallGroups", Workloads::commitAlone, Workloads::commitInBatches),
  SLOW_ROUNDS("DreyCheckpointBehind", Workloads::outrunRounds, Workloads::seldomCheckpoint),
  SMALL_POOL("DreySmallPool", Workloads::readMoreThanFits, Workloads::readWhatFits),
  HOT_KEY("DreyRestartStorm", Contention::changeWhatIsRead, Contention::changeInBatches),
  MOSTLY_DELETED("DreyLowFill", Workloads::deleteMost, Workloads::deleteMostAndCompact),
  STALLED_WRITERS("DreyJournalStalls", Workloads::meetTheLimit, Workloads::seldomCheckpoint),
  LONG_SNAPSHOT("DreyPinnedImages", Workloads::keepASnapshot, Workloads::closeASnapshot),
  DEVICE_SLOWS("DreySlowerDevice", Failures::slowDown, Failures::forceSlowly),
  FAILED_FORCE("DreyStoreFailures", Failures::failAForce, Failures::forceSlowly),
  FULL_DISK("DreyStoreFailures", Failures::fillTheDisk, Failures::forceSlowly),
  DAMAGED_DATA("DreyStoreFailures", Failures::damageTheData, Failures::forceSlowly),
  CRASHED_BEFORE("DreyLongReplay", Failures::crashWithALongJournal, Failures::closeALongJournal),
  LEAKED_SNAPSHOT("DreyLeakedSnapshots", Failures::leakASnapshot, Workloads::closeASnapshot),
  LONG_BATCH("DreyClosedGate", Contention::batchOverManyBlobs, Contention::splitBatches),
  SLOW_FORCES("DreySlowCalls", Failures::forceSlowly, Failures::waitForNoForce),
  HASTY_ROUNDS("DreyRewrittenBlobs", Workloads::checkpointTooOften, Workloads::checkpointByDefault);

  /** Something that a store does in a directory of its own. */
  interface Workload {
    void run(Path directory) throws Exception;
  }

  /** The id of the rule; empty where none has anything to say. */
  public final String rule;

  private final Workload workload;
  private final Workload remedied;

  /**
   * @param remedied the same when what the rule says is done, or the nearest thing to it that is
   *     well
   */
  Situation(String rule, Workload workload, Workload remedied) {
    this.rule = rule;
    this.workload = workload;
    this.remedied = remedied;
  }

  /** Makes the recording of it. */
  public void record(Path directory, Path recordingFile) throws Exception {
    record(workload, directory, recordingFile);
  }

  /** Makes the recording of which the rule says nothing. */
  public void recordRemedied(Path directory, Path recordingFile) throws Exception {
    record(remedied, directory, recordingFile);
  }

  private static void record(Workload workload, Path directory, Path recordingFile)
      throws Exception {
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
        (name, value) -> name.startsWith("io.drey.") && name.endsWith("#period") ? "50 ms" : value);
    settings.put("io.drey.test.Ticks#enabled", "true");
    settings.put("io.drey.test.Ticks#period", "50 ms");
    return settings;
  }
}
