package io.drey.model;

import io.drey.KeyExistsException;
import io.drey.KeyNotFoundException;
import io.drey.KeyTooLongException;
import io.drey.ValueTooLongException;
import java.util.function.BooleanSupplier;

/** How a conditional or failing operation ends. Only {@link #APPLIED} changes anything. */
enum Outcome {
  APPLIED,
  GUARD_FAILED,
  KEY_NOT_FOUND,
  KEY_EXISTS,
  KEY_TOO_LONG,
  VALUE_TOO_LONG;

  /** Runs an operation of the tree that answers whether it happened. */
  static Outcome of(BooleanSupplier operation) {
    try {
      return operation.getAsBoolean() ? APPLIED : GUARD_FAILED;
    } catch (KeyNotFoundException e) {
      return KEY_NOT_FOUND;
    } catch (KeyExistsException e) {
      return KEY_EXISTS;
    } catch (KeyTooLongException e) {
      return KEY_TOO_LONG;
    } catch (ValueTooLongException e) {
      return VALUE_TOO_LONG;
    }
  }

  /** Runs an operation of the tree that happens or throws. */
  static Outcome ofAction(Runnable operation) {
    return of(() -> {
      operation.run();
      return true;
    });
  }
}
