package io.drey.cli;

import io.drey.Tree;
import io.drey.Visit;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code drey dump}: the store as text. */
@Command(
    name = "dump",
    description = {
      "Write all records as lines of text, with checksums; drey restore reads them back.",
      "FILE appears whole or not at all."
    },
    footer = {
      "",
      "Examples:",
      "  drey dump meta.dump",
      "  drey dump | gzip > meta.dump.gz",
      "  drey dump | ssh other drey restore -"
    })
final class DumpCommand implements Callable<Integer> {
  private static final String STANDARD_OUTPUT = "-";

  private final Session session;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Where to; - or nothing is standard output.")
  private String file = STANDARD_OUTPUT;

  DumpCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (Tree tree = session.openToRead()) {
      if (file.equals(STANDARD_OUTPUT)) {
        dump(tree, session.streams().out());
        return ExitCode.OK;
      }
      long start = System.nanoTime();
      long records = dumpToFile(tree);
      new Summary("dumped", records, (System.nanoTime() - start) / 1e9).print(session);
    }
    return ExitCode.OK;
  }

  private long dump(Tree tree, OutputStream target) {
    long total = tree.count(new byte[0]).records();
    DumpWriter writer = new DumpWriter(new Output(target, Output.KeyStyle.EXACT));
    try (Progress progress = Progress.start(session, "dump", Progress.Unit.RECORDS, total)) {
      long[] done = new long[1];
      tree.scan()
          .visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
            writer.record(buffer, keyOffset, keyLength, valueOffset, valueLength);
            done[0]++;
            progress.at(done[0], done[0]);
            return Visit.CONTINUE;
          });
    }
    return writer.end();
  }

  private long dumpToFile(Tree tree) {
    try (NewFile target = new NewFile(file)) {
      long records = dump(tree, target);
      target.publish();
      return records;
    } catch (Output.ClosedByReader e) {
      throw unwritable(e.failure());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private CommandFailure unwritable(IOException failure) {
    String reason = ByteText.ofPlatform(FailureReport.reason(failure));
    return new CommandFailure(ExitCode.USAGE, "cannot write '" + file + "': " + reason, failure);
  }
}
