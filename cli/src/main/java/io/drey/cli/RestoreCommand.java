package io.drey.cli;

import io.drey.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey restore}: a dump back into a store. */
@Command(
    name = "restore",
    description = {
      "Store the records of a dump. gzip is recognised.",
      "The dump is read to its end first: one that is damaged changes nothing and is refused with"
          + " the number of the line. Exit code 1: the dump is damaged, or the store is not empty."
    },
    footer = {
      "",
      "Examples:",
      "  drey restore --store new.drey meta.dump",
      "  drey restore --merge meta.dump.gz"
    })
final class RestoreCommand implements Callable<Integer> {
  private static final byte[] EVERYTHING = new byte[0];

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "The dump; - is standard input.")
  private String file = "";

  @Option(
      names = "--merge",
      description = "Into a store that has records: those of the dump replace them.")
  private boolean merge;

  RestoreCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (!file.equals(InputFile.STANDARD_INPUT)) {
      return restore(file);
    }
    Path spool = Files.createTempFile("drey-restore", ".dump");
    try {
      Files.copy(session.streams().in(), spool, StandardCopyOption.REPLACE_EXISTING);
      return restore(ByteText.of(BytePaths.bytes(spool)));
    } finally {
      Files.delete(spool);
    }
  }

  private int restore(String name) throws IOException, InterruptedException {
    long expected = verify(name);
    double seconds;
    try (Tree tree = session.openOrCreate()) {
      if (!merge && !tree.isPrefixEmpty(EVERYTHING)) {
        throw new CommandFailure(
            ExitCode.FOUND,
            "the store '"
                + session.options().storeName()
                + "' has records already: --merge restores into it");
      }
      try (InputFile input = InputFile.open(session, name);
          Progress progress =
              Progress.start(session, "restore", Progress.Unit.INPUT_BYTES, input.bytes())) {
        Restored restored = new Restored(tree, progress);
        DumpReader.read(input.stream(), restored);
        requireSame(expected, restored.records);
        seconds = progress.seconds();
      }
      if (!merge) {
        requireSame(expected, tree.count(EVERYTHING).records());
      }
    }
    new Summary("restored", expected, seconds).print(session);
    return ExitCode.OK;
  }

  private long verify(String name) throws IOException, InterruptedException {
    try (InputFile input = InputFile.open(session, name)) {
      return DumpReader.read(input.stream(), (key, value, inputBytes) -> {});
    }
  }

  private static void requireSame(long expected, long found) {
    if (expected != found) {
      throw new CommandFailure(
          ExitCode.STORE, "the dump has " + expected + " records, the store got " + found);
    }
  }

  /** Stores the records of a dump. */
  private static final class Restored implements DumpReader.Sink {
    private final Tree tree;
    private final Progress progress;
    private long records;

    Restored(Tree tree, Progress progress) {
      this.tree = tree;
      this.progress = progress;
    }

    @Override
    public void record(byte[] key, byte[] value, long inputBytes) {
      tree.set(key, value);
      records++;
      progress.at(inputBytes, records);
    }
  }
}
