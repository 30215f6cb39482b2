package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;

import io.drey.crash.Promise;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Bugs planted in the data file's mapping. */
final class MappedCanaries {
  private static final ClassDesc ROUND = ClassDesc.of("io.drey.engine.checkpoint.Round");
  private static final StoreShape MAPPED =
      StoreShape.small(Promise.POWER_LOSS).in(StoreShape.Storage.MAPPED);

  static final List<Canary> ALL =
      List.of(
          Canary.of(
                  "named-image-changed-in-place",
                  "a writer changes an image in the slot that a commit names",
                  in("engine.pool.MappedPlaces", "isStorage")
                      .does("nothing is stored where it stands", code -> code.iconst_0().ireturn()))
              .in(MAPPED),
          Canary.of(
                  "commit-before-mapped-ranges",
                  "the commit and the force of the mapped ranges are swapped",
                  in("engine.checkpoint.Round", "run").withoutCall("Round.force", 1),
                  in("engine.checkpoint.Round", "run")
                      .after(
                          "Round.commit",
                          1,
                          "the ranges are forced behind the commit",
                          code ->
                              code.aload(0)
                                  .invokevirtual(
                                      ROUND, "force", MethodTypeDesc.of(ConstantDescs.CD_void))))
              .in(MAPPED),
          Canary.of(
                  "mapped-ranges-not-forced",
                  "the file is forced when it has grown, the ranges of its mapping are not",
                  in("engine.store.MappedSlots", "force").withoutCall("MappedRegion.force", 1))
              .in(MAPPED),
          Canary.of(
                  "seal-not-told",
                  "the file system is not told that an image was sealed",
                  in("engine.store.MappedSlots", "sealed").withoutCall("MappedSlots.told", 1))
              .in(MAPPED));

  private MappedCanaries() {}
}
