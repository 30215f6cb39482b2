package io.drey.recovery.mutate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Engine and journal loaded anew, with some of their classes changed.
 *
 * <p>Classes of {@code io.drey}, {@code io.drey.engine} and {@code io.drey.journal} are this
 * loader's own; all others, the file system and the harness among them, are its parent's, so that
 * both sides know the same. Every load has its own frame size.
 */
public final class MutatedClasses extends ClassLoader {
  private static final String FRAME_BYTES = "io.drey.frameBytes";

  /** Classes that read the frame size when they are initialised. */
  private static final List<String> SIZED =
      List.of("io.drey.engine.layout.FrameSize", "io.drey.TreeConfig");

  private static final Object INITIALISING = new Object();

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> mutated;

  private MutatedClasses(ClassLoader parent, Map<String, byte[]> mutated) {
    super("drey", parent);
    this.mutated = mutated;
  }

  /**
   * Loads the classes.
   *
   * @param frameBytes bytes of a frame, 8 KiB to 512 KiB
   * @throws IllegalArgumentException if a mutation does not find its place
   */
  public static MutatedClasses of(int frameBytes, List<Mutation> mutations) {
    ClassLoader parent = MutatedClasses.class.getClassLoader();
    Map<String, byte[]> mutated = new HashMap<>();
    for (Mutation mutation : mutations) {
      String name = mutation.className();
      byte[] before = mutated.containsKey(name) ? mutated.get(name) : read(parent, name);
      mutated.put(name, apply(mutation, before, parent));
    }
    MutatedClasses classes = new MutatedClasses(parent, mutated);
    classes.initialise(frameBytes);
    return classes;
  }

  private void initialise(int frameBytes) {
    synchronized (INITIALISING) {
      String before = System.setProperty(FRAME_BYTES, Integer.toString(frameBytes));
      try {
        for (String name : SIZED) {
          Class.forName(name, true, this);
        }
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      } finally {
        if (before == null) {
          System.clearProperty(FRAME_BYTES);
        } else {
          System.setProperty(FRAME_BYTES, before);
        }
      }
    }
  }

  /** A new instance of a class of this loader, by its constructor without parameters. */
  public <T> T instance(String className, Class<T> type) {
    try {
      return type.cast(loadClass(className).getDeclaredConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(className, e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isOwn(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = mutated.get(name);
    if (bytes == null) {
      try {
        bytes = read(getParent(), name);
      } catch (IllegalArgumentException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private static boolean isOwn(String name) {
    return name.startsWith("io.drey.engine.")
        || name.startsWith("io.drey.journal.")
        || (name.startsWith("io.drey.") && name.indexOf('.', "io.drey.".length()) < 0);
  }

  private static byte[] read(ClassLoader from, String name) {
    try (InputStream in = from.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no class " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] apply(Mutation mutation, byte[] before, ClassLoader parent) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(parent).cached()));
    AtomicInteger hits = new AtomicInteger();
    CodeTransform edit =
        CodeTransform.ofStateful(() -> {
          Mutation.Count count = new Mutation.Count();
          return (code, element) -> {
            if (mutation.edit().accept(code, element, count)) {
              hits.incrementAndGet();
            }
          };
        });
    ClassTransform transform =
        ClassTransform.transformingMethodBodies(
            (MethodModel method) -> method.methodName().equalsString(mutation.method()), edit);
    byte[] after = classFile.transformClass(classFile.parse(before), transform);
    if (hits.get() == 0) {
      throw new IllegalArgumentException(
          mutation.className() + "." + mutation.method() + ": no place for " + mutation.text());
    }
    return after;
  }
}
