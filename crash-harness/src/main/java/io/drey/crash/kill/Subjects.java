package io.drey.crash.kill;

import io.drey.crash.Subject;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What parent and child have to do alike. */
public final class Subjects {
  private Subjects() {}

  /**
   * The subject of that class.
   *
   * @throws IllegalArgumentException if there is no such class, or it cannot be made
   */
  public static Subject named(String className) {
    try {
      ClassLoader loader = Thread.currentThread().getContextClassLoader();
      Class<?> type = Class.forName(className, true, loader);
      return type.asSubclass(Subject.class).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("there is no class " + className, e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(className + " is no Subject", e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          className + " needs a public constructor without parameters that works", e);
    }
  }

  /** The source of a run's operations. */
  static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }
}
