package io.drey.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Java files of all modules, main and test, without what a build produced. */
final class SourceTree {
  /** The project's top directory; the build gives it, since tests run in their module's own. */
  static final Path ROOT =
      Path.of(System.getProperty("drey.root", "..")).toAbsolutePath().normalize();

  private static final Set<String> SKIPPED = Set.of("target", ".git", ".idea");

  private SourceTree() {}

  /** Every Java file, in path order. */
  static List<SourceFile> files() {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
              Path name = dir.getFileName();
              return name != null && SKIPPED.contains(name.toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".java")) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
      List<SourceFile> sources = new ArrayList<>();
      for (Path file : found.stream().sorted().toList()) {
        sources.add(new SourceFile(ROOT.relativize(file), Files.readAllLines(file)));
      }
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One file.
   *
   * @param path relative to {@link #ROOT}, for example {@code vfs/src/main/java/io/drey/vfs/X.java}
   * @param lines its lines without their ends
   */
  record SourceFile(Path path, List<String> lines) {
    String module() {
      return path.getName(0).toString();
    }

    boolean isMain() {
      return path.startsWith(Path.of(module(), "src", "main"));
    }

    String className() {
      return path.getName(path.getNameCount() - 1).toString().replace(".java", "");
    }

    /** Where a reader finds the line with this index, counted from 0. */
    String at(int line) {
      return path + ":" + (line + 1);
    }
  }
}
