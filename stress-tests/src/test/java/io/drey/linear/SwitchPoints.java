package io.drey.linear;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets a model checker see accesses to native memory.
 *
 * <p>It switches threads where fields and arrays are read and written, and takes {@code
 * MemorySegment} for nothing of the kind. So copies of the classes that read and write frames call
 * {@link #reach}, which reads a field, before each access.
 */
public final class SwitchPoints {
  private static final ClassDesc SELF = ClassDesc.of("io.drey.linear.SwitchPoints");
  private static final String SEGMENT = "java/lang/foreign/MemorySegment";
  private static final Set<String> ACCESSES = Set.of("get", "set", "copy", "mismatch", "fill");
  private static final List<String> PACKAGES = List.of("layout", "frame", "art");

  private static volatile int field;

  private SwitchPoints() {}

  /** Where the model checker may switch to another thread. */
  public static int reach() {
    return field;
  }

  /** A directory with copies of the engine's classes that read and write frames. */
  static Path plant() throws IOException {
    Path engine = Path.of("io", "drey", "engine");
    Path classes = Files.createTempDirectory("drey-switch-points");
    for (String directory :
        System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      for (String part : PACKAGES) {
        Path from = Path.of(directory).resolve(engine).resolve(part);
        if (Files.isDirectory(from)) {
          plant(from, classes.resolve(engine).resolve(part));
        }
      }
    }
    return classes;
  }

  private static void plant(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    ClassFile format = ClassFile.of();
    ClassTransform transform = ClassTransform.transformingMethodBodies(SwitchPoints::copy);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        byte[] copy = format.transformClass(format.parse(file), transform);
        Files.write(to.resolve(file.getFileName()), copy);
      }
    }
  }

  private static void copy(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeInstruction call
        && call.owner().asInternalName().equals(SEGMENT)
        && ACCESSES.contains(call.name().stringValue())) {
      code.invokestatic(SELF, "reach", MethodTypeDesc.of(ConstantDescs.CD_int)).pop();
    }
    code.with(element);
  }
}
