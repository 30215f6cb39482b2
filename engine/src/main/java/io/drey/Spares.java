package io.drey;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few idle objects of one kind, so that calls do not make theirs anew. A borrowed object belongs
 * to its borrower alone; one that does not come back is left to the garbage collector.
 */
final class Spares<T> {
  /** A power of two; threads are spread over the places by their number. */
  private static final int PLACES = 8;

  private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(PLACES);
  private final Supplier<T> maker;

  Spares(Supplier<T> maker) {
    this.maker = maker;
  }

  T take() {
    T spare = idle.getAndSet(place(), null);
    return spare == null ? maker.get() : spare;
  }

  void give(T object) {
    idle.setRelease(place(), object);
  }

  private static int place() {
    return (int) Thread.currentThread().threadId() & (PLACES - 1);
  }
}
