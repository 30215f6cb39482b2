package io.drey.profile.golden;

import io.drey.vfs.MappedRegion;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * A device in memory, which has no moods, with something before each call on a file or a mapping of
 * it: a delay, or a failure.
 */
final class TamperedDevice {
  /** What happens before a call. */
  interface Tamper {
    void before(String call, String file) throws IOException;
  }

  private volatile Tamper tamper = (call, file) -> {};
  private final Vfs memory = Vfs.memory();
  private final Vfs vfs =
      proxy(
          Vfs.class,
          (proxy, method, arguments) -> {
            Object result = invoke(memory, method, arguments);
            return method.getName().equals("open") && result instanceof StorageFile file
                ? proxy(StorageFile.class, handler(file, nameOf(arguments[0])))
                : result;
          });

  /** The directory of a store on this device. */
  static Path directory() {
    return Path.of("/store");
  }

  void tamper(Tamper with) {
    tamper = with;
  }

  Vfs vfs() {
    return vfs;
  }

  private static String nameOf(Object path) {
    return ((Path) path).getFileName().toString();
  }

  /** Also of what the calls return, where that is a mapping. */
  private InvocationHandler handler(Object target, String file) {
    return (proxy, method, arguments) -> {
      tamper.before(method.getName(), file);
      Object result = invoke(target, method, arguments);
      return result instanceof MappedRegion region
          ? proxy(MappedRegion.class, handler(region, file))
          : result;
    };
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** What the device takes longer. */
  static void delay(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
