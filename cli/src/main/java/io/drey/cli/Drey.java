package io.drey.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the {@code drey} command. */
@Command(name = "drey", description = "An index of paths, kept in a Drey store.")
public final class Drey implements Runnable {

  private Drey() {}

  /** Runs the command line and ends the JVM with its exit code. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Drey()).execute(args));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
