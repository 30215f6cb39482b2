package io.drey.cli;

import io.drey.Access;
import io.drey.Tree;
import io.drey.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey verify}: what an interrupted load left behind. */
@Command(
    name = "verify",
    description = {
      "Check that a store is what a load, killed at any moment, may leave behind.",
      "The structure is sound, the acknowledged records are there with their values (or gone, after"
          + " --delete), at most one more is, and everything else is as before the load. The lines"
          + " of FILE must differ, and the store must hold nothing else. Exit code 1: it is not so."
    },
    footer = {
      "",
      "Example:",
      "  drey load paths.txt --ack n.ack --generation 7     killed",
      "  drey verify paths.txt --ack n.ack --generation 7"
    })
final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The lines that were loaded.")
  private String file = "";

  @Option(
      names = "--ack",
      paramLabel = "FILE",
      required = true,
      description = "The load's file of acknowledgements.")
  private String ackFile = "";

  @Option(names = "--generation", paramLabel = "N", description = "The load's generation.")
  private int generation;

  @Option(names = "--deleted", description = "The load was one with --delete.")
  private boolean deleted;

  @Option(
      names = "--history",
      paramLabel = "FILE",
      description =
          "Read from FILE what the lines held before the load, and keep there what they hold now,"
              + " if all is well. Without it the store was empty before.")
  private @Nullable String historyFile;

  @Option(
      names = "--recover",
      description = "Open the store for writing, which makes recovery final, and close it.")
  private boolean recover;

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    long acknowledged = AckedCommand.read(ackFile);
    LineHistory history = history();
    LoadVerification verification =
        new LoadVerification(
            history,
            deleted ? LineHistory.ABSENT : 1 + generation,
            acknowledged,
            session.options().durability());
    List<Violation> violations;
    double openSeconds;
    session.options().requireStore();
    long start = System.nanoTime();
    Access access = recover ? Access.READ_WRITE : Access.READ_ONLY;
    try (Tree tree = Tree.open(session.options().config(access))) {
      openSeconds = (System.nanoTime() - start) / 1e9;
      violations = tree.check();
      readLines(tree, verification);
      verification.end(tree.count(new byte[0]).records());
    }
    boolean sound = violations.isEmpty() && verification.isSound();
    if (sound && historyFile != null) {
      history.save(historyFile);
    }
    print(verification, violations, acknowledged, openSeconds);
    return sound ? ExitCode.OK : ExitCode.FOUND;
  }

  private LineHistory history() {
    if (historyFile == null) {
      return LineHistory.empty();
    }
    Path path = BytePaths.absolute(historyFile);
    try {
      return LineHistory.load(path);
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot read '" + historyFile + "': " + reason, e);
    }
  }

  private void readLines(Tree tree, LoadVerification verification)
      throws IOException, InterruptedException {
    try (InputFile input = InputFile.open(session, file);
        LineFeed feed = LineFeed.of(input.stream());
        Progress progress =
            Progress.start(session, "verify", Progress.Unit.INPUT_BYTES, input.bytes())) {
      for (LineFeed.Block block = feed.next(); block != null; block = feed.next()) {
        int start = 0;
        while (start < block.length) {
          int end = start;
          while (end < block.length && block.bytes[end] != '\n') {
            end++;
          }
          byte[] value = tree.get(Arrays.copyOfRange(block.bytes, start, end));
          verification.line(state(value, verification.lines()));
          start = end + 1;
        }
        progress.at(block.inputBytes, verification.lines());
        feed.recycle(block);
      }
    }
  }

  private static int state(byte @Nullable [] value, int line) {
    if (value == null) {
      return LineHistory.ABSENT;
    }
    long generation = LineRecord.generation(value, line);
    return generation == LineRecord.UNKNOWN ? LoadVerification.FOREIGN : (int) (1 + generation);
  }

  private void print(
      LoadVerification verification,
      List<Violation> violations,
      long acknowledged,
      double openSeconds) {
    boolean sound = violations.isEmpty() && verification.isSound();
    Output out = session.output();
    if (session.json()) {
      JsonWriter json = new JsonWriter(out).beginObject().member("sound", sound);
      json.member("acknowledged", acknowledged).member("found", verification.found());
      json.member("openSeconds", openSeconds).name("violations").any(violations);
      json.name("problems").any(verification.problems());
      json.member("problemCount", verification.problemCount()).endObject().endLine();
    } else {
      for (Violation violation : violations) {
        out.line(ByteText.ofPlatform(violation.toString()));
      }
      for (String problem : verification.problems()) {
        out.line(problem);
      }
      long problems = verification.problemCount() + violations.size();
      out.line(
          (sound ? "sound: " : problems + " problems: ")
              + acknowledged
              + " records acknowledged, "
              + verification.found()
              + " found");
    }
    out.flush();
  }
}
