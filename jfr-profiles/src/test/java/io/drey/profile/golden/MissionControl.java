package io.drey.profile.golden;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultToolkit;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** The engine of Mission Control without its windows. */
public final class MissionControl {
  private MissionControl() {}

  /** What Drey's rules say of a recording, by the ids of the rules. */
  public static Map<String, IResult> judge(Path recording) throws Exception {
    IItemCollection items = JfrLoaderToolkit.loadEvents(recording.toFile());
    Map<IRule, Future<IResult>> results =
        RulesToolkit.evaluateParallel(RuleRegistry.getRules(), items, null, 1);
    Map<String, IResult> ofDrey = new TreeMap<>();
    for (Map.Entry<IRule, Future<IResult>> result : results.entrySet()) {
      if ("drey".equals(result.getKey().getTopic())) {
        ofDrey.put(result.getKey().getId(), result.getValue().get());
      }
    }
    return ofDrey;
  }

  /** Summary, evidence and advice as a user reads them. */
  public static String text(IResult result) {
    StringBuilder text = new StringBuilder(result.getSeverity() + ": ");
    for (String part :
        new String[] {result.getSummary(), result.getExplanation(), result.getSolution()}) {
      if (part != null) {
        text.append(ResultToolkit.populateMessage(result, part, false)).append(' ');
      }
    }
    return text.toString().trim().replace('\u00a0', ' '); // which stands before units
  }
}
