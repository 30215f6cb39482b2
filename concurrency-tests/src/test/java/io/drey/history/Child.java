package io.drey.history;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A run in a process of its own, watched by {@link Watchdog}. Arguments: setting, seed, seconds, an
 * empty directory, and {@code disturbed} if the engine is to be {@link DisturbedClasses}. Prints
 * {@code beat} and how far it has come twice a second; at the end a {@code report}, or what is
 * wrong. Ends with 0 or 1.
 */
public final class Child {
  static final String BEAT = "beat ";
  static final String DISTURBED = "disturbed";
  static final String REPORT = "report ";
  private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private Child() {}

  /** Runs, in classes that are disturbed if that is asked for. */
  public static void main(String[] arguments) throws Exception {
    if (arguments[arguments.length - 1].equals(DISTURBED)) {
      new DisturbedClasses(Child.class.getClassLoader())
          .loadClass(Child.class.getName())
          .getMethod("main", String[].class)
          .invoke(null, (Object) Arrays.copyOf(arguments, arguments.length - 1));
      return;
    }
    Setting setting = Setting.valueOf(arguments[0]);
    long seed = Long.parseLong(arguments[1]);
    long seconds = Long.parseLong(arguments[2]);
    Progress progress = new Progress();
    beat(progress, System.out);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int status = 0;
    try {
      Report report = new Run(setting, seed, Path.of(arguments[3]), progress).play(deadline);
      System.out.println(REPORT + report.numbers());
    } catch (Throwable e) {
      System.out.println("wrong in " + setting + ", seed " + seed + ", " + progress.phase() + ":");
      e.printStackTrace(System.out);
      status = 1;
    }
    System.out.flush();
    Runtime.getRuntime().halt(status);
  }

  static void beat(Progress progress, PrintStream out) {
    Thread.ofPlatform()
        .daemon()
        .name("beat")
        .start(() -> {
          while (true) {
            out.println(BEAT + progress.steps() + " " + progress.phase());
            LockSupport.parkNanos(BEAT_NANOS);
          }
        });
  }
}
