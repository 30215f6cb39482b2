package io.drey;

import io.drey.engine.event.Damage;
import io.drey.engine.event.StoreClose;
import io.drey.engine.event.StoreOpen;
import io.drey.engine.recovery.Recovered;
import org.jspecify.annotations.Nullable;

/** Fills in how a store was opened and closed, where a recording wants it. */
final class StoreEvents {
  private StoreEvents() {}

  static void opened(StoreOpen event, TreeConfig config, Recovered recovered) {
    event.end();
    if (event.shouldCommit()) {
      describe(event, config);
      event.store = recovered.gate().store();
      event.records = recovered.findings().records();
      event.tail = recovered.findings().tail();
      event.commit();
    }
  }

  /** The failure, for the caller to throw. */
  static RuntimeException refused(StoreOpen event, TreeConfig config, RuntimeException failure) {
    if (failure instanceof CorruptionException damage) {
      Damage.tell(0, damage);
    }
    event.end();
    if (event.shouldCommit()) {
      describe(event, config);
      event.failure = failure.toString();
      event.commit();
    }
    return failure;
  }

  private static void describe(StoreOpen event, TreeConfig config) {
    event.directory = directory(config);
    event.access = config.access().toString();
    event.durability = config.durability().toString();
    event.poolLimit = config.poolBytes();
  }

  static void closed(StoreClose event, OpenStore store, @Nullable Throwable failure) {
    event.end();
    if (event.shouldCommit()) {
      event.store = store.gate.store();
      event.directory = directory(store.config);
      event.failure = failure == null ? null : failure.toString();
      event.commit();
    }
  }

  /** Empty for a store that has none. */
  private static String directory(TreeConfig config) {
    return switch (config.storage()) {
      case Storage.Direct direct -> direct.directory().toString();
      case Storage.Mapped mapped -> mapped.directory().toString();
      case Storage.Memory _ -> "";
    };
  }
}
