package io.drey.linear;

import io.drey.stress.Canary;
import io.drey.stress.Edit;
import io.drey.stress.Planting;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a check in a JVM of its own, with other classes before those of the project. */
final class Checking {
  private static final int FOUND = 3;
  private static final int HUNG = 4;
  private static final int MOST_LINES = 200;

  /** So many that no tree needs more while it is checked: memory grows on a thread of its own. */
  private static final Edit MORE_FRAMES =
      new Edit(
          Path.of("engine/src/main/java/io/drey/engine/pool/Places.java"),
          "FIRST_FRAMES = 8",
          "FIRST_FRAMES = 48");

  private Checking() {}

  /** Whether the check finds something wrong. */
  static boolean finds(Check check, @Nullable Canary canary, int programs, int times)
      throws IOException, InterruptedException {
    List<String> classPath = new ArrayList<>();
    if (canary != null) {
      classPath.add(canary.plant().toString());
    }
    if (check == Check.TINY_TREE) {
      classPath.add(Planting.of("more-frames", List.of(MORE_FRAMES)).toString());
      classPath.add(SwitchPoints.plant().toString());
    }
    classPath.add(System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+EnableDynamicAgentLoading",
                "-Dio.drey.frameBytes=8192",
                "-cp",
                String.join(File.pathSeparator, classPath),
                Checking.class.getName(),
                check.name(),
                "" + programs,
                "" + times)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    int code = process.waitFor();
    String with = canary == null ? "" : " with " + canary.name();
    System.out.println(check + with + (code == FOUND ? ": found" : ": nothing found"));
    if (code != 0) {
      System.out.println(output.substring(Math.max(0, output.indexOf("\n= "))));
    }
    if (code != FOUND && code != 0) {
      throw new IllegalStateException(check + " ended with " + code);
    }
    return code == FOUND;
  }

  /**
   * @param arguments the check, and how many programs it runs how many times
   */
  public static void main(String[] arguments) {
    String wrong =
        Check.valueOf(arguments[0])
            .run(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    if (wrong == null) {
      System.exit(0);
    }
    wrong.lines().limit(MOST_LINES).forEach(System.out::println);
    System.exit(wrong.contains("has hung") ? HUNG : FOUND);
  }
}
