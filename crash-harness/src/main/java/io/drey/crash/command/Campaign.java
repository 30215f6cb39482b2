package io.drey.crash.command;

import io.drey.crash.CampaignReport;
import io.drey.crash.Finding;
import io.drey.crash.Subject;
import io.drey.crash.kill.Subjects;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What all campaigns are told on the command line, and how they print. */
final class Campaign {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SUBJECT",
      description = {
        "Class that implements io.drey.crash.Subject, on the class path, with a public",
        "constructor without parameters."
      })
  private String subject = "";

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "What everything random follows from. Without it a new one is drawn and shown.")
  private @Nullable Long seed;

  @Option(
      names = "--operations",
      paramLabel = "NUMBER",
      defaultValue = "40",
      description = "Operations in a row (${DEFAULT-VALUE}).")
  private int operations;

  @Option(
      names = "--seconds",
      paramLabel = "NUMBER",
      defaultValue = "60",
      description = "Begin nothing new after this time (${DEFAULT-VALUE}).")
  private long seconds;

  Subject subject() {
    try {
      return Subjects.named(subject);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  int operations() {
    return operations;
  }

  Duration time() {
    return Duration.ofSeconds(seconds);
  }

  /** The seed, which is printed first, so that it is known however the campaign ends. */
  long seed() {
    long known = seed == null ? new SplittableRandom().nextInt(Integer.MAX_VALUE) : seed;
    seed = known;
    out().println("seed " + known);
    return known;
  }

  /** Prints the findings, then {@code line}; returns the exit code. */
  int print(CampaignReport report, String line) {
    return print(out(), report, line);
  }

  static int print(PrintWriter out, CampaignReport report, String line) {
    for (Finding finding : report.findings()) {
      out.println();
      out.println(finding);
    }
    if (!report.clean()) {
      out.println();
    }
    out.println(line);
    return report.clean() ? ExitCode.CLEAN : ExitCode.FOUND;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  ParameterException refusal(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
