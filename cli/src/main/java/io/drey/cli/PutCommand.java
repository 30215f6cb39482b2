package io.drey.cli;

import io.drey.Tree;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey put}: one record. */
@Command(
    name = "put",
    description = {
      "Store a value under a key, in place of the one that was there.",
      "Without VALUE and --file the value is read from standard input, byte for byte."
    },
    footer = {
      "",
      "Examples:",
      "  drey put colour blue",
      "  drey put photo --file me.jpg",
      "  date | drey put now",
      "  drey put --escape 'a\\x00b' '\\xff'"
    })
final class PutCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "KEY", description = "The key.")
  private String key = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "The value.")
  private @Nullable String value;

  @Option(names = "--file", paramLabel = "FILE", description = "Take the value from FILE.")
  private @Nullable String file;

  @Option(
      names = "--if-absent",
      description = "Leave a value that is there alone, and end with exit code 1.")
  private boolean ifAbsent;

  @Option(
      names = "--ack",
      paramLabel = "FILE",
      description = "Keep the number of acknowledged records in FILE; see drey acked.")
  private @Nullable String ackFile;

  PutCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    if (value != null && file != null) {
      throw new CommandFailure(ExitCode.USAGE, "give VALUE or --file, not both");
    }
    byte[] keyBytes = session.bytes(key);
    byte[] bytes = valueBytes();
    boolean stored = true;
    try (Tree tree = session.openOrCreate();
        Acknowledgements acks = Acknowledgements.to(ackFile)) {
      if (ifAbsent) {
        stored = tree.putIfAbsent(keyBytes, bytes);
      } else {
        tree.set(keyBytes, bytes);
      }
      acks.acknowledge(stored ? 1 : 0);
    }
    if (!stored) {
      session.tell("there is a value already for " + session.quoted(keyBytes));
      return ExitCode.FOUND;
    }
    return ExitCode.OK;
  }

  private byte[] valueBytes() throws IOException {
    if (value != null) {
      return session.bytes(value);
    }
    try (InputFile input =
        InputFile.open(session, file == null ? InputFile.STANDARD_INPUT : file)) {
      return input.stream().readAllBytes();
    }
  }
}
