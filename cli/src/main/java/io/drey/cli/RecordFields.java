package io.drey.cli;

import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/**
 * Reads public records of the engine by their components, so that new ones show up by themselves.
 */
final class RecordFields {
  private RecordFields() {}

  static @Nullable Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
