package io.drey.stress;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles changed copies of the project's sources; the project's own classes stay as they are. */
public final class Planting {
  private static final Path ROOT = root();

  private Planting() {}

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("stress-tests"))) {
      here = here.getParent();
    }
    return here;
  }

  /** A directory that holds the classes of the changed files and nothing else. */
  public static Path of(String name, List<Edit> edits) throws IOException {
    Map<Path, String> changed = new LinkedHashMap<>();
    for (Edit edit : edits) {
      Path file = ROOT.resolve(edit.file());
      String source = changed.containsKey(file) ? changed.get(file) : Files.readString(file);
      changed.put(file, replaced(name, source, edit));
    }
    Path directory = Files.createTempDirectory("drey-" + name);
    Path classes = Files.createDirectory(directory.resolve("classes"));
    for (Map.Entry<Path, String> file : changed.entrySet()) {
      Files.writeString(directory.resolve(file.getKey().getFileName()), file.getValue());
    }
    List<Path> sources =
        changed.keySet().stream().map(file -> directory.resolve(file.getFileName())).toList();
    compile(name, sources, classes);
    return classes;
  }

  private static String replaced(String name, String source, Edit edit) {
    int at = source.indexOf(edit.text());
    if (at < 0 || source.indexOf(edit.text(), at + 1) >= 0) {
      throw new IllegalStateException(
          name + ": " + edit.file() + " holds not exactly once: " + edit.text());
    }
    return source.replace(edit.text(), edit.replacement());
  }

  private static void compile(String name, List<Path> files, Path classes) throws IOException {
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
}
