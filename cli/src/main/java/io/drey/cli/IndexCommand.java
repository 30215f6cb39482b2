package io.drey.cli;

import io.drey.Tree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey index}: one record per file of a real directory tree. */
@Command(
    name = "index",
    description = {
      "Store a record for every file, directory and symbolic link below a directory.",
      "Keys are absolute paths as bytes; a directory's key ends in a slash. Values say type, size,"
          + " mode, owner and time. Other file systems and what links point to are left out, as"
          + " find DIR -xdev does. Records of files that are gone by now stay."
    },
    footer = {
      "",
      "Examples:",
      "  drey index /usr",
      "  drey index --store /tmp/home.drey ~",
      "  drey ls -l /usr/"
    })
final class IndexCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "DIR", description = "Where to start.")
  private String directory = "";

  @Option(
      names = "--ack",
      paramLabel = "FILE",
      description = "Keep the number of acknowledged records in FILE; see drey acked.")
  private @Nullable String ackFile;

  IndexCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    Path start = start();
    double seconds;
    List<String> problems;
    Found found;
    try (StopRequest stop = StopRequest.install(() -> {})) {
      try (Tree tree = session.openOrCreate();
          Acknowledgements acks = Acknowledgements.to(ackFile);
          Progress progress =
              Progress.start(session, "index", Progress.Unit.RECORDS, Progress.UNKNOWN)) {
        found = new Found(tree, acks, progress, stop);
        problems = FileTree.walk(start, found);
        seconds = progress.seconds();
      }
      if (stop.requested()) {
        session.tell(
            "stopped by a signal after " + found.records + " records; the store is closed");
      }
      print(found, problems, seconds);
    }
    return problems.isEmpty() ? ExitCode.OK : ExitCode.FOUND;
  }

  /**
   * WHY the slash: it makes a link mean the directory it points to, as it does for {@code find}.
   */
  private Path start() {
    Path start = BytePaths.absolute(directory);
    try {
      boolean follow = directory.endsWith("/") && !directory.equals("/");
      Path real = follow ? start.toRealPath() : start;
      if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
        return real;
      }
      throw new CommandFailure(ExitCode.USAGE, "there is no '" + directory + "' to index");
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot index '" + directory + "': " + reason, e);
    }
  }

  private void print(Found found, List<String> problems, double seconds) {
    if (!session.json()) {
      new Summary("indexed", found.records, seconds).print(session);
      for (String problem : problems) {
        session.tell("cannot read " + problem);
      }
      return;
    }
    Output out = session.output();
    JsonWriter json = new JsonWriter(out);
    json.beginObject().member("records", found.records).member("seconds", seconds);
    json.beginArray("unreadable");
    for (String problem : problems) {
      json.bytesValue(ByteText.bytes(problem));
    }
    json.endArray().endObject().endLine();
    out.flush();
  }

  /** Stores what the walk finds. */
  private static final class Found implements FileTree.Visitor {
    private final Tree tree;
    private final Acknowledgements acks;
    private final Progress progress;
    private final StopRequest stop;
    private final byte[] value = new byte[FileRecord.BYTES];
    private final ByteBuffer valueView = ByteBuffer.wrap(value);
    private long records;

    Found(Tree tree, Acknowledgements acks, Progress progress, StopRequest stop) {
      this.tree = tree;
      this.acks = acks;
      this.progress = progress;
      this.stop = stop;
    }

    @Override
    public void file(byte[] key, FileRecord record) {
      record.writeTo(valueView);
      tree.set(key, value);
      records++;
      acks.acknowledge(records);
      progress.at(records, records);
    }

    @Override
    public boolean stopped() {
      return stop.requested();
    }
  }
}
