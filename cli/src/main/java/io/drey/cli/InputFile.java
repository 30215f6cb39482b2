package io.drey.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file named on the command line, open for reading; {@code -} is standard input, which stays
 * open.
 */
final class InputFile implements AutoCloseable {
  static final String STANDARD_INPUT = "-";

  private final InputStream stream;
  private final long bytes;

  private InputFile(InputStream stream, long bytes) {
    this.stream = stream;
    this.bytes = bytes;
  }

  static InputFile open(Session session, String name) {
    if (name.equals(STANDARD_INPUT)) {
      InputStream in = session.streams().in();
      return new InputFile(new KeptOpen(in), Progress.UNKNOWN);
    }
    Path file = BytePaths.absolute(name);
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("it is a directory");
      }
      long size = Files.size(file);
      return new InputFile(Files.newInputStream(file), size > 0 ? size : Progress.UNKNOWN);
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(ExitCode.USAGE, "cannot read '" + name + "': " + reason, e);
    }
  }

  InputStream stream() {
    return stream;
  }

  /** The file's size; {@link Progress#UNKNOWN} where there is none. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /** WHY: several commands of one process may read the same standard input, one after another. */
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // The process owns standard input.
    }
  }
}
