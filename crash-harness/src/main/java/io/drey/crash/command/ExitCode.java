package io.drey.crash.command;

/** What the process answers; the same numbers for every command. */
final class ExitCode {
  /** Nothing was found. */
  static final int CLEAN = 0;

  /** Something was found. */
  static final int FOUND = 1;

  /** The command line cannot be used. */
  static final int USAGE = 2;

  /** The harness itself failed. */
  static final int HARNESS = 3;

  private ExitCode() {}
}
