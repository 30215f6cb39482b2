package io.drey.stress;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A planted bug: a source file of the project with some text replaced, compiled into a directory
 * that stands before all others on the class path of whoever shall show the bug. The project's own
 * classes stay as they are.
 *
 * @param name a few words, unique
 * @param bug what is wrong
 * @param subject the simple name of the test that shows it
 * @param edits what is replaced, one after the other
 */
record Canary(String name, String bug, String subject, List<Edit> edits) {

  /**
   * One replacement.
   *
   * @param file below the project's root
   * @param text occurs in the file exactly once, so that a canary never outlives what it breaks
   */
  record Edit(Path file, String text, String replacement) {}

  private static final Path ROOT = root();

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("stress-tests"))) {
      here = here.getParent();
    }
    return here;
  }

  static Canary of(String name, String bug, String subject, Edit... edits) {
    return new Canary(name, bug, subject, List.of(edits));
  }

  /** Compiles the changed files; the directory holds their classes and nothing else. */
  Path plant() throws IOException {
    Path sources = Files.createTempDirectory("drey-canary-sources");
    Path classes = Files.createTempDirectory("drey-canary-" + name);
    List<Path> changed = new ArrayList<>();
    for (Edit edit : edits) {
      Path copy = sources.resolve(edit.file().getFileName());
      Path from = changed.contains(copy) ? copy : ROOT.resolve(edit.file());
      Files.writeString(copy, replaced(Files.readString(from), edit));
      if (!changed.contains(copy)) {
        changed.add(copy);
      }
    }
    compile(changed, classes);
    return classes;
  }

  private String replaced(String source, Edit edit) {
    int at = source.indexOf(edit.text());
    if (at < 0 || source.indexOf(edit.text(), at + 1) >= 0) {
      throw new IllegalStateException(
          name + ": " + edit.file() + " holds not exactly once: " + edit.text());
    }
    return source.replace(edit.text(), edit.replacement());
  }

  private void compile(List<Path> files, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromPaths(files);
      if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
        throw new IllegalStateException(name + " does not compile:\n" + messages);
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
