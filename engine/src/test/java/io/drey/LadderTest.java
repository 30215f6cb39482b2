package io.drey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The ladder of the engine: a class knows classes of its own step and of the steps below, never one
 * above. The package {@code io.drey} stands on both ends: its values, errors and interfaces on the
 * lowest step, what acts on a store on the highest.
 */
class LadderTest {
  /** Internal packages below {@code io.drey.engine}, lowest first. */
  private static final List<String> STEPS =
      List.of(
          "layout",
          "event",
          "latch",
          "frame",
          "art",
          "store",
          "pool",
          "log",
          "mutation",
          "snapshot",
          "checkpoint",
          "recovery");

  /** Classes of {@code io.drey} on the lowest step. They may be missing, never act on a store. */
  private static final Set<String> VALUES =
      Set.of(
          "Access",
          "Batch",
          "BlobStats",
          "BlobStore",
          "Change",
          "Check",
          "CheckpointPolicy",
          "Durability",
          "Entry",
          "EntryVisitor",
          "Existing",
          "KeyText",
          "PrefixCount",
          "RangeEntry",
          "Storage",
          "StoreStats",
          "TreeConfig",
          "TreeStats",
          "Violation",
          "Visit");

  /** Classes of {@code io.drey} on the highest step; so is every other class that is no value. */
  private static final Set<String> ACTORS =
      Set.of(
          "ChangeFeed",
          "Cursor",
          "Scan",
          "Snapshot",
          "Store",
          "StoreBatch",
          "StoreSnapshot",
          "Tree");

  private static final int LOWEST = 0;
  private static final int HIGHEST = STEPS.size() + 1;

  private static JavaClasses classes = new ClassFileImporter().importPaths(List.of());

  @BeforeAll
  static void readClasses() {
    classes = new ClassFileImporter().importPath(Path.of("target", "classes"));
    assertFalse(classes.isEmpty(), "no compiled class");
  }

  @Test
  void noClassKnowsAHigherStep() {
    assertNone(dependencies(d -> step(target(d)) > step(d.getOriginClass())));
  }

  @Test
  void everyInternalPackageStandsOnTheLadder() {
    Set<String> unknown = new TreeSet<>();
    for (JavaClass type : classes) {
      if (type.getPackageName().startsWith("io.drey.engine") && !STEPS.contains(internal(type))) {
        unknown.add(type.getPackageName());
      }
    }
    assertEquals(Set.of(), unknown, "packages without a step");
  }

  @Test
  void walkersKnowNoFiles() {
    int art = STEPS.indexOf("art") + 1;
    assertNone(
        dependencies(d -> {
          int step = step(d.getOriginClass());
          return step > LOWEST && step <= art && isFileAccess(target(d));
        }));
  }

  @Test
  void noNameStandsOnBothEnds() {
    Set<String> both = new TreeSet<>(VALUES);
    both.retainAll(ACTORS);
    assertEquals(Set.of(), both);
  }

  private static JavaClass target(Dependency dependency) {
    return dependency.getTargetClass().getBaseComponentType();
  }

  private static int step(JavaClass type) {
    String packageName = type.getPackageName();
    if (packageName.equals("io.drey")) {
      return isValue(type) ? LOWEST : HIGHEST;
    }
    return packageName.startsWith("io.drey.engine.") ? STEPS.indexOf(internal(type)) + 1 : LOWEST;
  }

  private static boolean isValue(JavaClass type) {
    String name = type.getName().substring("io.drey.".length()).replaceFirst("\\$.*", "");
    return VALUES.contains(name) || name.endsWith("Exception") || name.equals("package-info");
  }

  /** The step's name of an internal class: {@code art} for {@code io.drey.engine.art.X}. */
  private static String internal(JavaClass type) {
    return type.getPackageName().replaceFirst("^io\\.drey\\.engine\\.?", "");
  }

  private static boolean isFileAccess(JavaClass type) {
    String name = type.getPackageName();
    boolean reachesFiles =
        name.equals("io.drey.vfs")
            || name.equals("io.drey.journal")
            || name.startsWith("java.nio.file")
            || name.startsWith("java.nio.channels");
    return reachesFiles && !type.isAnnotation();
  }

  private static List<String> dependencies(Predicate<Dependency> wanted) {
    List<String> found = new ArrayList<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        if (wanted.test(dependency)) {
          found.add(dependency.getDescription());
        }
      }
    }
    return found;
  }

  private static void assertNone(List<String> found) {
    assertEquals(
        List.of(),
        found,
        () ->
            "a step knows a higher one (values are named in VALUES):\n" + String.join("\n", found));
  }
}
