package io.drey.cli;

import io.drey.Entry;
import io.drey.Tree;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey get}: the value of a key. */
@Command(
    name = "get",
    description = {
      "Print the value of a key.",
      "Standard output gets the value's bytes and nothing else. On a terminal a value that is not"
          + " plain text is shown in hexadecimal. Exit code 1: there is no such key."
    },
    footer = {"", "Examples:", "  drey get /usr/bin/env | xxd", "  drey get --escape 'a\\x00b'"})
final class GetCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "KEY", description = "The key.")
  private String key = "";

  @Option(names = "--hex", description = "Print the value in hexadecimal.")
  private boolean hex;

  GetCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    byte[] wanted = session.bytes(key);
    Entry entry;
    try (Tree tree = session.openToRead()) {
      entry = tree.getEntry(wanted);
    }
    if (entry == null) {
      session.tell("there is no key " + session.quoted(wanted));
      return ExitCode.FOUND;
    }
    Output out = session.output();
    if (session.json()) {
      new JsonWriter(out)
          .beginObject()
          .bytes("key", entry.key())
          .bytes("value", entry.value())
          .member("version", entry.version())
          .endObject()
          .endLine();
    } else {
      print(entry.value(), out);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void print(byte[] value, Output out) {
    boolean terminal = session.streams().outKind() == StandardStreams.Kind.TERMINAL;
    if (session.options().escape()) {
      out.line(ByteText.escape(value, 0, value.length));
    } else if (hex || (terminal && !isPlain(value))) {
      out.line(ByteText.hex(value));
    } else {
      out.write(value, 0, value.length);
      if (terminal) {
        out.write('\n');
      }
    }
  }

  private static boolean isPlain(byte[] value) {
    for (byte b : value) {
      if ((b >= 0 && b < ' ' && b != '\n' && b != '\t') || b == 0x7f) {
        return false;
      }
    }
    return ByteText.isUtf8(value, 0, value.length);
  }
}
