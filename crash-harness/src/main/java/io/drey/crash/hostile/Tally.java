package io.drey.crash.hostile;

import io.drey.crash.CampaignReport;
import io.drey.crash.Digest;
import io.drey.crash.Finding;
import io.drey.crash.Verdict;
import io.drey.crash.hostile.Recovery.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a fault campaign has done and found so far. Guarded by itself. */
final class Tally {
  private static final String NAME = "faults";

  private final Map<FaultKind, Long> struck = new EnumMap<>(FaultKind.class);
  private final Map<Answer, Long> answers = new EnumMap<>(Answer.class);
  private final Set<Digest> images = new HashSet<>();
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final Map<String, Integer> times = new HashMap<>();
  private long missed;
  private long damages;
  private long recoveries;
  private long worstRecoveryNanos;

  synchronized void ran(Fault fault, FaultRun run) {
    if (run.disk().strikes().isEmpty()) {
      missed++;
    } else {
      struck.merge(fault.kind(), 1L, Long::sum);
    }
    images.addAll(run.images());
    recoveries += run.recoveries();
    worstRecoveryNanos = Math.max(worstRecoveryNanos, run.worstRecoveryNanos());
  }

  /** {@code answer} is null if it was not an allowed one. */
  synchronized void damaged(@Nullable Answer answer) {
    damages++;
    recoveries++;
    if (answer != null) {
      answers.merge(answer, 1L, Long::sum);
    }
  }

  synchronized void missed() {
    missed++;
  }

  /** How often the like was found. */
  synchronized int times(String like) {
    return times.getOrDefault(like, 0);
  }

  synchronized void foundAgain(String like) {
    times.merge(like, 1, Integer::sum);
  }

  /** Notes a finding; one like another that is known is only counted. */
  synchronized void found(
      String like, Verdict.Broken broken, long seed, String where, String reproduction) {
    foundAgain(like);
    findings.putIfAbsent(like, new Finding(NAME, broken, seed, where, reproduction));
  }

  synchronized FaultReport report() {
    List<Finding> all = new ArrayList<>();
    findings.forEach((like, finding) -> {
      int more = times.getOrDefault(like, 1) - 1;
      String where = finding.where() + (more == 0 ? "" : ", and %d more like it".formatted(more));
      all.add(new Finding(NAME, finding.verdict(), finding.seed(), where, finding.reproduction()));
    });
    long states = damages + struck.values().stream().mapToLong(Long::longValue).sum();
    CampaignReport campaign =
        new CampaignReport(
            NAME, states, images.size(), recoveries, Duration.ofNanos(worstRecoveryNanos), all);
    return new FaultReport(
        campaign,
        Map.copyOf(struck),
        missed,
        answers.getOrDefault(Answer.COMPLETE, 0L),
        answers.getOrDefault(Answer.OLDER, 0L),
        answers.getOrDefault(Answer.REFUSED, 0L));
  }
}
