package io.drey.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The three streams of a process, unbuffered and as bytes, and what the two outputs lead to.
 *
 * @param in standard input
 * @param out standard output
 * @param err standard error
 * @param outKind what standard output leads to
 * @param errKind what standard error leads to
 */
record StandardStreams(
    InputStream in, OutputStream out, OutputStream err, Kind outKind, Kind errKind) {

  /** Where an output goes: to somebody who reads along, or elsewhere. */
  enum Kind {
    TERMINAL,
    OTHER
  }

  static StandardStreams ofProcess() {
    return new StandardStreams(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        kindOf(1),
        kindOf(2));
  }

  @SuppressWarnings("SystemConsoleNull") // it is null where -Djdk.console=java.base is in force
  private static Kind kindOf(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      return terminal ? Kind.TERMINAL : Kind.OTHER;
    } catch (IOException | UnsupportedOperationException e) {
      Console console = System.console();
      return console != null && console.isTerminal() ? Kind.TERMINAL : Kind.OTHER;
    }
  }
}
