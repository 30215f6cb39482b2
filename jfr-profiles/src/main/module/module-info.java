import io.drey.profile.rules.CheckpointBehind;
import io.drey.profile.rules.ClosedGate;
import io.drey.profile.rules.JournalStalls;
import io.drey.profile.rules.LeakedSnapshots;
import io.drey.profile.rules.LongReplay;
import io.drey.profile.rules.LowFill;
import io.drey.profile.rules.PinnedImages;
import io.drey.profile.rules.RestartStorm;
import io.drey.profile.rules.RewrittenBlobs;
import io.drey.profile.rules.SlowCalls;
import io.drey.profile.rules.SlowerDevice;
import io.drey.profile.rules.SmallGroups;
import io.drey.profile.rules.SmallPool;
import io.drey.profile.rules.StoreFailures;
import org.openjdk.jmc.flightrecorder.rules.IRule;

/** What is made of recordings: verdicts, tables, and a page to look at. */
@SuppressWarnings("requires-automatic") // Mission Control's libraries have no module descriptors
module io.drey.profile {
  requires HdrHistogram;
  requires com.google.gson;
  requires java.logging;
  requires transitive jdk.jfr;
  requires org.openjdk.jmc.common;
  requires org.openjdk.jmc.flightrecorder;
  requires org.openjdk.jmc.flightrecorder.rules;
  requires org.openjdk.jmc.flightrecorder.rules.jdk;
  requires static org.jspecify;

  exports io.drey.profile.report;

  opens io.drey.profile.report to
      com.google.gson;

  provides IRule with
      CheckpointBehind,
      ClosedGate,
      JournalStalls,
      LeakedSnapshots,
      LongReplay,
      LowFill,
      PinnedImages,
      RestartStorm,
      RewrittenBlobs,
      SlowCalls,
      SlowerDevice,
      SmallGroups,
      SmallPool,
      StoreFailures;
}
