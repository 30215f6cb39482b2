package io.drey;

import io.drey.engine.checkpoint.Checkpointer;
import java.io.IOException;
import java.util.List;

/** Work on a whole store that its user asks for. */
final class Maintenance {
  private Maintenance() {}

  static void checkpoint(OpenStore store) {
    store.checkWritable("checkpoint");
    Checkpointer checkpointer = store.checkpointer;
    if (checkpointer == null) {
      return;
    }
    try {
      checkpointer.checkpointAndTrim();
    } catch (IOException e) {
      throw store.failure("checkpoint", e);
    }
  }

  static List<Violation> check(OpenStore store) {
    store.checkOpen();
    return new WholeCheck(store).run();
  }

  static void compact(OpenStore store) {
    store.checkWritable("compact");
  }
}
