package io.drey.cli;

import io.drey.profile.report.RecordingSource;
import io.drey.profile.report.RecordingView;
import io.drey.profile.report.Table;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints the tables that answer a question to a recording. */
final class RecordingTables {
  private RecordingTables() {}

  static void print(Session session, String viewName, String recording, int limit) {
    RecordingView view = view(viewName);
    Output out = session.output();
    try (RecordingSource source = RecordingTarget.open(recording)) {
      String gap = "";
      for (Table table : view.tables(source, limit)) {
        out.text(gap);
        table.print(line -> out.line(ByteText.ofPlatform(line)));
        gap = "\n";
      }
      out.flush();
      source.notes().forEach(note -> session.tell(ByteText.ofPlatform(note)));
    } catch (IOException e) {
      throw RecordingTarget.unreadable(recording, e);
    }
  }

  private static RecordingView view(String name) {
    for (RecordingView view : RecordingView.values()) {
      if (view.name().equalsIgnoreCase(name)) {
        return view;
      }
    }
    String all =
        Arrays.stream(RecordingView.values())
            .map(view -> view.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    throw new CommandFailure(ExitCode.USAGE, "there is no view '" + name + "'; there are " + all);
  }
}
