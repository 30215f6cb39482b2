package io.drey.history;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * Drey loaded anew, with a {@link Disturbance#point} at the beginning of every method of the
 * engine, and those who use it with it. All other classes are its parent's.
 */
final class DisturbedClasses extends ClassLoader {
  private static final String OWN = "io.drey.";
  private static final String DISTURBED = "io.drey.engine.";
  private static final ClassDesc POINT = ClassDesc.of(Disturbance.class.getName());

  static {
    registerAsParallelCapable();
  }

  DisturbedClasses(ClassLoader parent) {
    super("disturbed", parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      if (name.startsWith(DISTURBED)) {
        bytes = disturbed(bytes);
      }
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private byte[] disturbed(byte[] bytes) {
    ClassFile classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(getParent()).cached()));
    CodeTransform point =
        new CodeTransform() {
          @Override
          public void atStart(CodeBuilder code) {
            code.invokestatic(POINT, "point", ConstantDescs.MTD_void);
          }

          @Override
          public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
          }
        };
    return classFile.transformClass(
        classFile.parse(bytes),
        ClassTransform.transformingMethodBodies(DisturbedClasses::isOrdinary, point));
  }

  private static boolean isOrdinary(MethodModel method) {
    return !method.methodName().stringValue().startsWith("<");
  }
}
