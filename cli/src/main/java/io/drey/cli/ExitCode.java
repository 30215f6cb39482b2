package io.drey.cli;

/** What the process answers; the same four numbers for every command. */
final class ExitCode {
  /** Done, and nothing to complain about. */
  static final int OK = 0;

  /** The command ran, but something is absent or a problem was found. */
  static final int FOUND = 1;

  /** The command line or an input named on it cannot be used. */
  static final int USAGE = 2;

  /** The store cannot be opened, read or written. */
  static final int STORE = 3;

  private ExitCode() {}
}
