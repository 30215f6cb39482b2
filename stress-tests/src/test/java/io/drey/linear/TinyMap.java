package io.drey.linear;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

/**
 * One key in a tree of its own, whose frame is full: few operations, since each of their steps is a
 * choice for the model checker.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public final class TinyMap {
  private final SharedMap shared = SharedMap.tiny();
  private final byte[] key = SharedMap.key(shared.places(), Key.A);

  /** For Lincheck. */
  public TinyMap() {
    put(1);
  }

  @Operation
  public @Nullable Integer get() {
    return Values.number(shared.tree.get(key));
  }

  @Operation
  public @Nullable Integer put(@Param(name = "number") int number) {
    return Values.number(shared.tree.put(key, Values.value(number)));
  }

  @Operation
  public @Nullable Integer delete() {
    return Values.number(shared.tree.delete(key));
  }

  /** Rewrites the other records, so that the frame is packed anew. */
  @Operation
  public void churn() {
    shared.churn();
  }

  /** Called when all operations are through. */
  @Validate
  public void leave() {
    shared.close();
  }

  /** What it means when nothing happens at the same time. */
  public static final class Model {
    private @Nullable Integer value = 1;

    public @Nullable Integer get() {
      return value;
    }

    public @Nullable Integer put(int number) {
      Integer before = value;
      value = number;
      return before;
    }

    public @Nullable Integer delete() {
      Integer before = value;
      value = null;
      return before;
    }

    public void churn() {}
  }
}
