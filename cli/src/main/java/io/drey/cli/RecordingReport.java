package io.drey.cli;

import io.drey.profile.report.Page;
import io.drey.profile.report.RecordingSource;
import io.drey.profile.report.Verdict;
import io.drey.profile.report.Verdicts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the verdicts on a recording, and writes the page. */
final class RecordingReport {
  private static final int COLUMNS = 100;
  private static final String MARGIN = " ".repeat(9);

  private RecordingReport() {}

  /** Returns the exit code: whether there is a warning about the store. */
  static int of(Session session, String recording, @Nullable String html, boolean all) {
    try (RecordingSource source = RecordingTarget.open(recording)) {
      Verdicts verdicts = Verdicts.of(source.file());
      source.notes().forEach(note -> session.tell(ByteText.ofPlatform(note)));
      Output out = session.output();
      if (session.json()) {
        printJson(out, verdicts);
      } else {
        print(out, verdicts, all);
      }
      out.flush();
      if (html != null) {
        writePage(session, source, recording, html, verdicts);
      }
      return hasWarning(verdicts) ? ExitCode.FOUND : ExitCode.OK;
    } catch (IOException e) {
      throw RecordingTarget.unreadable(recording, e);
    }
  }

  static void print(Output out, Verdicts verdicts, boolean all) {
    for (Verdict.Subject subject : Verdict.Subject.values()) {
      List<Verdict> shown =
          (all ? verdicts.all() : verdicts.remarks())
              .stream().filter(verdict -> verdict.subject() == subject).toList();
      out.line(title(subject, verdicts, shown, all));
      for (Verdict verdict : shown) {
        print(out, verdict);
      }
    }
    for (String failure : verdicts.failures()) {
      out.line(ByteText.ofPlatform("A rule failed: " + failure.replace('\n', ' ')));
    }
  }

  private static String title(
      Verdict.Subject subject, Verdicts verdicts, List<Verdict> shown, boolean all) {
    String about = subject == Verdict.Subject.DREY ? "The store" : "The process around it";
    long silent = verdicts.silent(subject);
    if (silent == 0 && shown.isEmpty()) {
      return about + ": no rule had events to judge";
    }
    String rest = silent + (silent == 1 ? " rule has" : " rules have") + " nothing to complain of";
    return about + ": " + (all ? shown.size() + " rules" : shown.size() + " remarks, " + rest);
  }

  private static void print(Output out, Verdict verdict) {
    String score =
        verdict.score() < 0 ? "" : String.format(Locale.ROOT, " (%.0f of 100)", verdict.score());
    out.line(
        ByteText.ofPlatform(
            String.format(Locale.ROOT, "%-9s", verdict.severity()) + verdict.name() + score));
    paragraph(out, verdict.summary());
    if (verdict.severity() != Verdict.Severity.OK) {
      paragraph(out, verdict.solution());
    }
  }

  private static void paragraph(Output out, String text) {
    StringBuilder line = new StringBuilder(MARGIN);
    for (String word : text.strip().split("\\s+", -1)) {
      if (line.length() > MARGIN.length() && line.length() + word.length() >= COLUMNS) {
        out.line(ByteText.ofPlatform(line.toString().stripTrailing()));
        line.setLength(MARGIN.length());
      }
      line.append(word).append(' ');
    }
    if (!line.toString().isBlank()) {
      out.line(ByteText.ofPlatform(line.toString().stripTrailing()));
    }
  }

  private static void printJson(Output out, Verdicts verdicts) {
    for (Verdict verdict : verdicts.all()) {
      JsonWriter json = new JsonWriter(out);
      json.any(verdict).endLine();
    }
  }

  static void writePage(
      Session session, RecordingSource source, String recording, String html, Verdicts verdicts)
      throws IOException {
    String page = Page.of(source, nameOf(recording), verdicts);
    try (NewFile target = new NewFile(html)) {
      target.write(page.getBytes(StandardCharsets.UTF_8));
      target.publish();
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot write '" + html + "': " + reason, e);
    }
    session.tell("the page is in '" + html + "'");
  }

  private static String nameOf(String recording) {
    return recording.substring(recording.lastIndexOf('/') + 1);
  }

  static boolean hasWarning(Verdicts verdicts) {
    return verdicts.all().stream()
        .anyMatch(verdict ->
            verdict.subject() == Verdict.Subject.DREY
                && verdict.severity() == Verdict.Severity.WARNING);
  }
}
