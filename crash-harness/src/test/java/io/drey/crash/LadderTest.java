package io.drey.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The ladder of the harness: a package knows those before it, and none knows a store. */
class LadderTest {
  private static final String ROOT = "io.drey.crash";

  private static final List<String> STEPS =
      List.of("", ".disk", ".hostile", ".kill", ".example", ".command");

  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPaths(Path.of("target", "classes"));

  @Test
  void everyPackageIsOnTheLadder() {
    assertFalse(CLASSES.isEmpty());
    Set<String> found = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      if (step(type) < 0 && !type.getSimpleName().equals("module-info")) {
        found.add(type.getName());
      }
    }
    assertEquals(Set.of(), found);
  }

  @Test
  void noPackageKnowsALaterOne() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        if (step(dependency.getTargetClass()) > step(type)) {
          found.add(dependency.getDescription());
        }
      }
    }
    assertEquals(Set.of(), found);
  }

  @Test
  void theHarnessKnowsFilesAndTheJdkOnlyAndTheCommandPicocli() {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : CLASSES) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String known = dependency.getTargetClass().getPackageName();
        boolean allowed =
            known.isEmpty()
                || known.startsWith("java.")
                || known.startsWith("jdk.jfr")
                || known.startsWith(ROOT)
                || known.equals("io.drey.vfs")
                || known.equals("org.jspecify.annotations")
                || (known.startsWith("picocli") && type.getPackageName().endsWith(".command"));
        if (!allowed) {
          found.add(dependency.getDescription());
        }
      }
    }
    assertEquals(Set.of(), found);
  }

  private static int step(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? STEPS.indexOf(name.substring(ROOT.length())) : -1;
  }
}
