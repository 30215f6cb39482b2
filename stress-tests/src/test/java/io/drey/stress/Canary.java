package io.drey.stress;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A planted bug: a source file of the project with some text replaced, compiled into a directory
 * that stands before all others on the class path of whoever shall show the bug.
 *
 * @param name a few words, unique
 * @param bug what is wrong
 * @param subject the simple name of the jcstress test that shows it
 * @param edits what is replaced, one after the other
 */
public record Canary(String name, String bug, String subject, List<Edit> edits) {
  static Canary of(String name, String bug, String subject, Edit... edits) {
    return new Canary(name, bug, subject, List.of(edits));
  }

  /** A directory with the changed classes. */
  public Path plant() throws IOException {
    return Planting.of(name, edits);
  }

  @Override
  public String toString() {
    return name;
  }
}
