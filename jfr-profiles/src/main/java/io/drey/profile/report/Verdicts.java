package io.drey.profile.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.CouldNotLoadRecordingException;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.ResultToolkit;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/**
 * The verdicts of Mission Control's rules, found without its application.
 *
 * @param all those about the store first, the worst first among them
 * @param failures rules that could not be evaluated, a sentence each
 */
public record Verdicts(List<Verdict> all, List<String> failures) {
  private static final String OWN_RULES = "io.drey.";
  private static final int THREADS = 2;

  /** The parser warns of fields that its own classes lack: a new Java has them. Held, not lost. */
  private static final Logger PARSER = Logger.getLogger("org.openjdk.jmc.flightrecorder");

  /** Evaluates all rules there are on the class path. The file is read into memory for it. */
  public static Verdicts of(Path recording) throws IOException {
    PARSER.setLevel(Level.SEVERE);
    IItemCollection items;
    try {
      items = JfrLoaderToolkit.loadEvents(recording.toFile());
    } catch (CouldNotLoadRecordingException e) {
      throw new IOException("the recording cannot be loaded: " + e.getMessage(), e);
    }
    List<Verdict> verdicts = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    Map<IRule, Future<IResult>> results =
        RulesToolkit.evaluateParallel(RuleRegistry.getRules(), items, null, THREADS);
    for (Map.Entry<IRule, Future<IResult>> entry : results.entrySet()) {
      try {
        Verdict verdict = verdict(entry.getKey(), entry.getValue().get());
        if (verdict != null) {
          verdicts.add(verdict);
        }
      } catch (ExecutionException e) {
        failures.add(entry.getKey().getId() + ": " + e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    verdicts.sort(
        Comparator.comparing(Verdict::subject)
            .thenComparing(Verdict::severity)
            .thenComparing(Comparator.comparingDouble(Verdict::score).reversed())
            .thenComparing(Verdict::rule));
    return new Verdicts(List.copyOf(verdicts), List.copyOf(failures));
  }

  /** Those that are no praise. */
  public List<Verdict> remarks() {
    return all.stream().filter(v -> v.severity() != Verdict.Severity.OK).toList();
  }

  /** How many rules of this subject have nothing to complain of. */
  public long silent(Verdict.Subject subject) {
    return all.stream()
        .filter(v -> v.subject() == subject && v.severity() == Verdict.Severity.OK)
        .count();
  }

  private static @Nullable Verdict verdict(IRule rule, IResult result) {
    Verdict.Severity severity =
        switch (result.getSeverity()) {
          case WARNING -> Verdict.Severity.WARNING;
          case INFO -> Verdict.Severity.INFO;
          case OK -> Verdict.Severity.OK;
          case NA, IGNORE -> null;
        };
    if (severity == null) {
      return null;
    }
    IQuantity score = result.getResult(TypedResult.SCORE);
    boolean own = rule.getClass().getName().startsWith(OWN_RULES);
    return new Verdict(
        rule.getId(),
        own ? Verdict.Subject.DREY : Verdict.Subject.JAVA,
        severity,
        score == null ? -1 : score.doubleValue(),
        rule.getName(),
        text(result, result.getSummary()),
        text(result, result.getExplanation()),
        text(result, result.getSolution()));
  }

  private static String text(IResult result, @Nullable String message) {
    if (message == null) {
      return "";
    }
    String populated = ResultToolkit.populateMessage(result, message, false);
    return populated == null
        ? ""
        : populated
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining("\n"));
  }
}
