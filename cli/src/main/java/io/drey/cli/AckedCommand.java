package io.drey.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drey acked}: reads a file of acknowledgements. */
@Command(
    name = "acked",
    description = {
      "Print the count in a file that --ack wrote.",
      "The file holds 8 bytes, a little-endian number: od -An -t d8 FILE prints it too. A missing"
          + " or empty file counts 0."
    },
    footer = {"", "Example:", "  drey acked load.ack"})
final class AckedCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private String file = "";

  AckedCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    long count = read(file);
    Output out = session.output();
    if (session.json()) {
      new JsonWriter(out).beginObject().member("acknowledged", count).endObject().endLine();
    } else {
      out.line(Long.toString(count));
    }
    out.flush();
    return ExitCode.OK;
  }

  static long read(String fileName) {
    try {
      return AckCounter.read(BytePaths.absolute(fileName));
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot read '" + fileName + "': " + reason, e);
    }
  }
}
