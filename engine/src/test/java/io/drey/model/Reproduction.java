package io.drey.model;

import io.drey.testing.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shortens a failing list of operations by leaving parts of it out, as long as time allows. */
final class Reproduction {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int SHOWN_MAX = 60;

  private final Setup setup;
  private final List<byte[]> keys;
  private final Path ground;
  private final long deadline = System.nanoTime() + PATIENCE.toNanos();
  private int tries;

  Reproduction(Setup setup, List<byte[]> keys, Path ground) {
    this.setup = setup;
    this.keys = keys;
    this.ground = ground;
  }

  /** Returns a short list that still fails, with the keys it names, as text. */
  String of(List<Operation> failing) {
    List<Operation> shortened = shorten(failing);
    StringBuilder text = new StringBuilder();
    text.append("%d of %d operations fail alike:%n".formatted(shortened.size(), failing.size()));
    shortened.stream().limit(SHOWN_MAX).forEach(o -> text.append("  ").append(o).append('\n'));
    if (shortened.size() <= SHOWN_MAX) {
      text.append("keys:\n");
      String operations = text.toString();
      for (int key = 0; key < keys.size(); key++) {
        if (operations.matches("(?s).*(key|source|target|prefix|start)=" + key + "[,\\]].*")) {
          text.append("  %d = %s%n".formatted(key, Expect.text(keys.get(key))));
        }
      }
    }
    return text.toString();
  }

  private List<Operation> shorten(List<Operation> failing) {
    List<Operation> shortest = failing;
    for (int part = Math.max(1, failing.size() / 2); part >= 1; ) {
      boolean shorter = false;
      for (int from = 0; from < shortest.size() && System.nanoTime() < deadline; ) {
        List<Operation> attempt = new ArrayList<>(shortest.subList(0, from));
        attempt.addAll(shortest.subList(Math.min(shortest.size(), from + part), shortest.size()));
        if (!attempt.isEmpty() && fails(attempt)) {
          shortest = attempt;
          shorter = true;
        } else {
          from += part;
        }
      }
      if (System.nanoTime() >= deadline || (part == 1 && !shorter)) {
        break;
      }
      part = Math.max(1, shorter && part == 1 ? 1 : part / 2);
    }
    return shortest;
  }

  private boolean fails(List<Operation> operations) {
    Path place = ground.resolve("try-" + tries++);
    try {
      Files.createDirectory(place);
      try (Walk walk = new Walk(setup, place, keys)) {
        operations.forEach(walk::run);
        walk.verify();
        return false;
      } catch (RuntimeException | AssertionError e) {
        return true;
      } finally {
        Directories.delete(place);
      }
    } catch (IOException e) {
      throw new AssertionError("cannot shorten", e);
    }
  }
}
