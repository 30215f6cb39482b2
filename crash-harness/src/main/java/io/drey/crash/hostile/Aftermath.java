package io.drey.crash.hostile;

import io.drey.crash.Digest;
import io.drey.crash.History;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.disk.DiskImage;
import io.drey.crash.disk.DiskState;
import io.drey.crash.disk.SimulatedDisk;
import io.drey.crash.hostile.Recovery.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** What a store holds after the run of a fault ended in a power cut, and in a kill. */
final class Aftermath {
  private final Subject subject;
  private final History history;
  private final HostileDisk hostile;
  private final Set<Digest> images = new HashSet<>();
  private long worstNanos;

  Aftermath(Subject subject, History history, HostileDisk hostile) {
    this.subject = subject;
    this.history = history;
    this.hostile = hostile;
  }

  /** The power cut: what no force has saved is lost. Throws {@link Broken}. */
  void judgePowerCut(DiskState end, Path directory, Trust trust) throws IOException {
    try (SimulatedDisk disk = new SimulatedDisk(end.nothing())) {
      hostile.afterPowerCut(disk);
      judge(disk, end.nothing(), directory, trust, Promise.POWER_LOSS);
    }
  }

  /** The kill: nothing is lost. Throws {@link Broken}. */
  void judgeKill(DiskState end, Path directory, Trust trust) throws IOException {
    try (SimulatedDisk disk = new SimulatedDisk(end.everything())) {
      judge(disk, end.everything(), directory, trust, Promise.PROCESS_KILL);
    }
  }

  private void judge(
      SimulatedDisk disk, DiskImage image, Path directory, Trust trust, Promise survived) {
    images.add(image.digest());
    Recovery recovery = new Recovery(subject, history, history.now(), survived, trust);
    recovery.judge(disk, directory, survived == Promise.POWER_LOSS ? "a power cut" : "a kill");
    worstNanos = Math.max(worstNanos, recovery.nanos());
  }

  /** The disks' contents. */
  Set<Digest> images() {
    return images;
  }

  long worstNanos() {
    return worstNanos;
  }
}
