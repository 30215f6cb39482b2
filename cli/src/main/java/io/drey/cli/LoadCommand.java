package io.drey.cli;

import io.drey.DreyException;
import io.drey.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey load}: one record per line of a file. */
@Command(
    name = "load",
    description = {
      "Store every line of a file as a key.",
      "A key is the line's bytes without the line feed. Its value is made up from the line's"
          + " number: 32 bytes in the layout of a file's record. gzip is recognised."
    },
    footer = {
      "",
      "Examples:",
      "  drey load paths.txt",
      "  find /usr -print | drey load --store /tmp/usr.drey -",
      "  drey load --delete outdated.txt",
      "",
      "SIGINT and SIGTERM end the load between two records and close the store."
    })
final class LoadCommand implements Callable<Integer> {
  private static final int LINES_AT_ONCE = 16;

  private final Session session;

  @Parameters(paramLabel = "FILE", description = "Lines to load; - is standard input.")
  private String file = "";

  @Option(
      names = "--ack",
      paramLabel = "FILE",
      description =
          "Keep the number of acknowledged records in FILE: 8 bytes, little-endian, written as"
              + " each record is acknowledged. See drey acked.")
  private @Nullable String ackFile;

  @Option(
      names = "--generation",
      paramLabel = "N",
      description = "Mix N into every value, so that loads can be told apart (default 0).")
  private int generation;

  @Option(names = "--delete", description = "Delete the keys instead of storing them.")
  private boolean delete;

  private final byte[] value = new byte[LineRecord.BYTES];
  private final ByteBuffer valueView = ByteBuffer.wrap(value);
  private long records;

  LoadCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    if (generation < 0 || generation > LineRecord.MOST_GENERATION) {
      throw new CommandFailure(
          ExitCode.USAGE, "--generation is from 0 to " + LineRecord.MOST_GENERATION);
    }
    records = 0;
    try (InputFile input = InputFile.open(session, file);
        LineFeed feed = LineFeed.of(input.stream());
        StopRequest stop = StopRequest.install(feed::stop)) {
      double seconds;
      try (Tree tree = session.openOrCreate();
          Acknowledgements acks = Acknowledgements.to(ackFile);
          Progress progress =
              Progress.start(session, "load", Progress.Unit.INPUT_BYTES, input.bytes())) {
        load(tree, feed, acks, progress, stop);
        seconds = progress.seconds();
      }
      if (stop.requested()) {
        session.tell("stopped by a signal after " + records + " records; the store is closed");
      }
      Summary.of(delete ? "deleted" : "loaded", records, seconds).print(session);
    }
    return ExitCode.OK;
  }

  private void load(
      Tree tree, LineFeed feed, Acknowledgements acks, Progress progress, StopRequest stop)
      throws IOException, InterruptedException {
    for (LineFeed.Block block = feed.next(); block != null; block = feed.next()) {
      int start = 0;
      while (start < block.length && !stop.requested()) {
        start = loadFew(tree, block, start, acks);
      }
      progress.at(block.inputBytes, records);
      feed.recycle(block);
    }
  }

  /**
   * Loads the next few lines of a block and returns where the line behind them begins. A method of
   * its own with a short loop, so that the JVM compiles it once, early, and not again and again for
   * the middle of a long loop.
   */
  private int loadFew(Tree tree, LineFeed.Block block, int from, Acknowledgements acks) {
    byte[] bytes = block.bytes;
    int start = from;
    for (int i = 0; i < LINES_AT_ONCE && start < block.length; i++) {
      int end = start;
      while (end < block.length && bytes[end] != '\n') {
        end++;
      }
      LineRecord.fill(valueView, records, generation);
      change(tree, Arrays.copyOfRange(bytes, start, end), value, records);
      records++;
      acks.acknowledge(records);
      start = end + 1;
    }
    return start;
  }

  private void change(Tree tree, byte[] key, byte[] value, long line) {
    try {
      if (delete) {
        tree.delete(key);
      } else {
        tree.set(key, value);
      }
    } catch (DreyException e) {
      throw new CommandFailure(
          ExitCode.STORE, "line " + (line + 1) + ": " + FailureReport.sentence(e), e);
    }
  }
}
