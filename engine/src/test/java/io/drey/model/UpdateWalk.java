package io.drey.model;

import io.drey.Tree;
import io.drey.model.Operation.Made;
import io.drey.testing.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code update}: its function sees what the model holds, and the model becomes what it makes. */
final class UpdateWalk {
  private static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  void run(Tree tree, Model model, byte[] key, Operation.Update update) {
    Held before = model.get(key);
    byte[] made =
        switch (update.made()) {
          case NEW_VALUE -> Bytes.value(update.length(), update.seed());
          case SAME -> before == null ? null : before.value;
          case NOTHING, FAILURE -> null;
        };
    List<byte @Nullable []> seen = new ArrayList<>();
    AtomicReference<byte @Nullable []> result = new AtomicReference<>();
    byte[] lent = key.clone();
    boolean failed = false;
    Outcome outcome = Outcome.APPLIED;
    try {
      outcome =
          Outcome.ofAction(() ->
              result.set(tree.update(lent, value -> function(update.made(), seen, value, made))));
    } catch (Failure failure) {
      failed = true;
    }
    Arrays.fill(lent, (byte) 'x');
    if (key.length > Limits.KEY_BYTES_MAX) {
      Expect.same(Outcome.KEY_TOO_LONG, outcome, "outcome of an update");
      Expect.same(0, seen.size(), "calls of the function");
      return;
    }
    Expect.same(1, seen.size(), "calls of the function");
    Expect.bytes(before == null ? null : before.value, seen.getFirst(), "what the function saw");
    Expect.same(update.made() == Made.FAILURE, failed, "whether the update failed");
    if (made != null && made.length > Limits.KEY_BYTES_MAX) {
      Expect.same(Outcome.VALUE_TOO_LONG, outcome, "outcome of an update");
      return;
    }
    Expect.same(Outcome.APPLIED, outcome, "outcome of an update");
    Expect.bytes(made, result.get(), "what the update returns");
    if (made != null) {
      model.write(key, made.clone());
    } else if (!failed) {
      model.remove(key);
    }
  }

  /** Spoils what it was given after looking at it, and gives an array that may be spoilt. */
  private static byte @Nullable [] function(
      Made made, List<byte @Nullable []> seen, byte @Nullable [] value, byte @Nullable [] wanted) {
    seen.add(value == null ? null : value.clone());
    if (value != null) {
      Arrays.fill(value, (byte) 'x');
    }
    if (made == Made.FAILURE) {
      throw new Failure();
    }
    return wanted == null ? null : wanted.clone();
  }
}
