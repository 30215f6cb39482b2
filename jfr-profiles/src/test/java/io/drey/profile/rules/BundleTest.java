package io.drey.profile.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.osgi.launch.EquinoxFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleWiring;

/** The rules as a bundle in the module system that Mission Control's windows run on. */
final class BundleTest {
  private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();
  private static final int JAVA_21 = 65;

  @TempDir Path directory = Path.of("");

  /** Installs Mission Control's libraries and the rules, and finds the rules as it does. */
  @Test
  void theApplicationResolvesTheBundleAndLoadsEveryRule() throws Exception {
    Framework framework =
        new EquinoxFactory()
            .newFramework(
                Map.of("org.osgi.framework.storage", directory.resolve("osgi").toString()));
    framework.start();
    try {
      BundleContext context = framework.getBundleContext();
      for (Path library : libraries()) {
        context.installBundle("reference:" + library.toUri());
      }
      Bundle rules = context.installBundle("reference:" + CLASSES.toUri());
      rules.start();

      ClassLoader loader = rules.adapt(BundleWiring.class).getClassLoader();
      Class<?> service = rules.loadClass(IRule.class.getName());
      assertNotSame(IRule.class, service, "from the class path, not from a bundle");
      TreeSet<String> found = new TreeSet<>();
      for (Object rule : ServiceLoader.load(service, loader)) {
        found.add(rule.getClass().getName());
      }
      TreeSet<String> expected = new TreeSet<>();
      for (IRule rule : RuleRegistry.getRules()) {
        if (rule.getTopic().equals(StoreRule.TOPIC)) {
          expected.add(rule.getClass().getName());
        }
      }
      assertEquals(expected, found);
      for (String used : used()) {
        rules.loadClass(used);
      }
      assertNotNull(rules.getEntry("plugin.xml"));
    } finally {
      framework.stop();
      framework.waitForStop(0);
    }
  }

  /** Classes of Mission Control that the rules refer to: each must be imported. */
  private static Set<String> used() throws IOException {
    Set<String> used = new TreeSet<>();
    for (Path file : ruleClasses()) {
      for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
        if (entry instanceof ClassEntry type && type.asInternalName().startsWith("org/openjdk/")) {
          used.add(type.asInternalName().replace('/', '.'));
        }
      }
    }
    return used;
  }

  private static List<Path> ruleClasses() throws IOException {
    try (Stream<Path> files = Files.list(CLASSES.resolve("io/drey/profile/rules"))) {
      return files.toList();
    }
  }

  /** Those that are bundles, on the test's class path. */
  private static List<Path> libraries() {
    List<Path> libraries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      String name = Path.of(entry).getFileName().toString();
      if (name.matches("(common|flightrecorder|flightrecorder\\.rules|encoder|lz4-java)-[0-9].*")) {
        libraries.add(Path.of(entry));
      }
    }
    assertTrue(libraries.size() >= 4, libraries.toString());
    return libraries;
  }

  @Test
  void theClassesOfRulesRunOnTheJavaOfMissionControl() throws IOException {
    for (Path file : ruleClasses()) {
      assertEquals(JAVA_21, ClassFile.of().parse(file).majorVersion(), file.toString());
    }
  }
}
