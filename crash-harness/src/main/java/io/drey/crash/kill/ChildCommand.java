package io.drey.crash.kill;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The command line that starts a child like this process: the same Java, the same classes. */
final class ChildCommand {
  /**
   * Quick to start; what the VM itself prints is kept away from the messages. The user's options
   * come later and win.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+DisplayVMOutputToStderr",
          "-ea");

  private static final String PATCH = "--patch-module=";

  private ChildCommand() {}

  /** Runs {@code main}, with the classes of this process and those of {@code others}. */
  static List<String> of(Class<?> main, List<String> jvmOptions, Class<?>... others)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(javaHome().resolve("bin").resolve("java").toString());
    command.addAll(OPTIONS);
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath(main, others)));
    command.add(main.getName());
    return command;
  }

  static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /** Modules become plain jars and directories: a child needs no encapsulation. */
  private static Set<String> classPath(Class<?> main, Class<?>... others) throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(home(main));
    for (Class<?> other : others) {
      entries.add(home(other));
    }
    for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (argument.startsWith(PATCH)) {
        String paths = argument.substring(argument.indexOf('=', PATCH.length()) + 1);
        entries.addAll(List.of(paths.split(File.pathSeparator)));
      }
    }
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String path = System.getProperty(property, "");
      if (!path.isEmpty()) {
        entries.addAll(List.of(path.split(File.pathSeparator)));
      }
    }
    return entries;
  }

  /** The jar or directory that the class was read from, also if it patches a module. */
  private static String home(Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    URL file = Objects.requireNonNull(type.getResource("/" + name), name);
    try {
      if (file.openConnection() instanceof JarURLConnection jar) {
        return Path.of(jar.getJarFileURL().toURI()).toString();
      }
      Path root = Path.of(file.toURI());
      for (int i = name.split("/").length; i > 0; i--) {
        root = Objects.requireNonNull(root.getParent());
      }
      return root.toString();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
