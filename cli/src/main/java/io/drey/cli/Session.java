package io.drey.cli;

import io.drey.Access;
import io.drey.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What a command works with: the streams, the global options, and the store they name. */
final class Session {
  private final StandardStreams streams;
  private final GlobalOptions options;

  Session(StandardStreams streams, GlobalOptions options) {
    this.streams = streams;
    this.options = options;
  }

  StandardStreams streams() {
    return streams;
  }

  GlobalOptions options() {
    return options;
  }

  /** The store as it is; a missing one is a failure. */
  Tree openToRead() {
    return Tree.open(options.config(Access.READ_ONLY));
  }

  /** The store for changes that need one to be there. */
  Tree openToChange() {
    options.requireStore();
    return Tree.open(options.config(Access.READ_WRITE));
  }

  /** The store for changes, made when missing. */
  Tree openOrCreate() {
    return Tree.open(options.config(Access.READ_WRITE));
  }

  /** A buffer in front of standard output, for one command; the command flushes it. */
  Output output() {
    Output.KeyStyle style =
        options.escape()
            ? Output.KeyStyle.ESCAPED
            : streams.outKind() == StandardStreams.Kind.TERMINAL
                ? Output.KeyStyle.MASKED
                : Output.KeyStyle.EXACT;
    return new Output(streams.out(), style);
  }

  boolean json() {
    return options.json();
  }

  /** The key or value that an argument stands for. */
  byte[] bytes(String argument) {
    return options.bytes(argument);
  }

  /** An argument's bytes as a person is told of them. */
  String quoted(byte[] bytes) {
    return "'" + ByteText.escape(bytes, 0, bytes.length) + "'";
  }

  /** One line of byte text for the person at the terminal, on standard error. */
  void tell(String line) {
    try {
      streams.err().write(ByteText.bytes("drey: " + line + "\n"));
      streams.err().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
