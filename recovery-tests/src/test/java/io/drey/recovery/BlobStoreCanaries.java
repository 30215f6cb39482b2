package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;

import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultKind;
import java.util.List;

/** Bugs planted in what a tree does to a user's store. */
final class BlobStoreCanaries {
  private static final StoreShape SHAPE =
      StoreShape.small(Promise.NOTHING).in(StoreShape.Storage.BLOB_STORE);

  static final List<Canary> ALL =
      List.of(
          Canary.of(
                  "user-store-life-not-committed",
                  "every life in a user's store hands out the same sequence numbers",
                  in("engine.recovery.BlobStoreRecovery", "forWriting")
                      .callGives("ManifestHead.incarnation", 1, 0))
              .in(SHAPE),
          Canary.of(
                  "user-store-not-called",
                  "a checkpoint is acknowledged without a commit to the user's store",
                  in("engine.store.RootLog", "commit").withoutCall("UserStore.commit", 1))
              .in(SHAPE),
          Canary.of(
                  "user-store-failure-taken-for-success",
                  "a commit to a user's store that threw counts as one that happened",
                  in("engine.pool.BlobStoreImages", "run").constant(0, 1, 1))
              .in(SHAPE)
              .under(Workload.BROAD)
              .shownBy(FaultKind.NO_SPACE, FaultKind.SHORT_WRITE, FaultKind.IO_ERROR));

  private BlobStoreCanaries() {}
}
