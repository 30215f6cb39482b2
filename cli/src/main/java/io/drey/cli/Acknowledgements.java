package io.drey.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file behind {@code --ack}, or none. */
final class Acknowledgements implements AutoCloseable {
  private final @Nullable AckCounter counter;

  private Acknowledgements(@Nullable AckCounter counter) {
    this.counter = counter;
  }

  /** The file is made, or set back to 0, before this returns; null = nobody asked. */
  static Acknowledgements to(@Nullable String fileName) {
    if (fileName == null) {
      return new Acknowledgements(null);
    }
    Path file = BytePaths.absolute(fileName);
    try {
      return new Acknowledgements(AckCounter.start(file));
    } catch (IOException e) {
      String reason = ByteText.ofPlatform(FailureReport.reason(e));
      throw new CommandFailure(
          ExitCode.USAGE, "cannot write acknowledgements to '" + fileName + "': " + reason, e);
    }
  }

  /** {@code count} records are acknowledged. */
  void acknowledge(long count) {
    if (counter != null) {
      counter.acknowledge(count);
    }
  }

  @Override
  public void close() throws IOException {
    if (counter != null) {
      counter.close();
    }
  }
}
