package io.drey.profile.golden;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** Makes a recording of each situation, lets the JDK read it, and prints what the rules say. */
public final class GoldenRecordings {
  private GoldenRecordings() {}

  /**
   * @param arguments the directory for the recordings, and names of situations; none = all
   */
  public static void main(String[] arguments) throws Exception {
    Path target = Files.createDirectories(Path.of(arguments[0]));
    boolean isComplete = true;
    for (Situation situation : Situation.values()) {
      if (arguments.length == 1 || isNamed(situation, arguments)) {
        isComplete &= make(situation, target);
      }
    }
    if (!isComplete) {
      System.exit(1);
    }
  }

  private static boolean isNamed(Situation situation, String[] arguments) {
    return Stream.of(arguments).skip(1).anyMatch(situation.name()::equalsIgnoreCase);
  }

  private static boolean make(Situation situation, Path target) throws Exception {
    String name = situation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    Path recording = target.resolve(name + ".jfr");
    Path work = Files.createTempDirectory("drey-golden");
    long began = System.nanoTime();
    try {
      situation.record(work.resolve("store"), recording);
    } finally {
      delete(work);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    System.out.printf("%s: %d ms, %d bytes%n", name, millis, Files.size(recording));
    boolean[] isSeen = {situation.rule.isEmpty()};
    MissionControl.judge(recording)
        .forEach((id, result) -> {
          if (result.getSeverity().getLimit() >= 25) {
            isSeen[0] |= id.equals(situation.rule);
            System.out.println("  " + id + " " + MissionControl.text(result));
          }
        });
    boolean isRead = isReadByTheJdk(recording);
    System.out.println(
        isSeen[0] && isRead
            ? "  as expected"
            : "  NOT AS EXPECTED: rule " + isSeen[0] + ", jfr summary " + isRead);
    return isSeen[0] && isRead;
  }

  /** Whether {@code jfr summary} reads it and finds events of Drey. */
  private static boolean isReadByTheJdk(Path recording) throws Exception {
    Process summary =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jfr").toString(),
                "summary",
                recording.toString())
            .redirectErrorStream(true)
            .start();
    String text = new String(summary.getInputStream().readAllBytes());
    return summary.waitFor() == 0
        && text.lines().anyMatch(l -> l.matches(" io\\.drey\\..* [1-9].*"));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
