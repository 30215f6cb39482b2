package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;

import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultKind;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Bugs planted in checkpoints and in the pool. */
final class CheckpointCanaries {
  private static final ClassDesc ROUND = engine("checkpoint.Round");
  private static final ClassDesc MOMENT = engine("checkpoint.Round$Moment");
  private static final ClassDesc PARTS = engine("checkpoint.CheckpointParts");
  private static final ClassDesc LOG = engine("checkpoint.RoundLog");
  private static final ClassDesc SWITCH = ClassDesc.of("io.drey.journal.Switch");

  static final List<Canary> ALL =
      List.of(
          Canary.of(
              "data-not-forced",
              "the data file is not forced before the commit",
              in("engine.checkpoint.Round", "force").withoutCall("ImageStore.force", 1)),
          Canary.of(
              "commit-before-data",
              "the commit and the force of the data file are swapped",
              in("engine.checkpoint.Round", "run").withoutCall("Round.force", 1),
              in("engine.checkpoint.Round", "run")
                  .after(
                      "Round.commit",
                      1,
                      "the data file is forced behind the commit",
                      code ->
                          code.aload(0)
                              .invokevirtual(
                                  ROUND, "force", MethodTypeDesc.of(ConstantDescs.CD_void)))),
          Canary.of(
              "old-segments-not-sealed",
              "the segments before the moment are not forced",
              in("engine.checkpoint.Round", "run").withoutCall("RoundLog.seal", 1)),
          Canary.of(
              "journal-recycled-early",
              "segments are recycled before the commit that makes them useless",
              in("engine.checkpoint.Round", "run")
                  .after(
                      "RoundLog.seal",
                      1,
                      "the journal is recycled behind its seal",
                      CheckpointCanaries::recycle),
              in("journal.SegmentSupply", "recycle").constant(6, 0, 1)),
          Canary.of(
                  "data-force-retried",
                  "a failed force of the data file does not end writing, the next round repeats it",
                  in("engine.checkpoint.Round", "force").withoutCall("Health.fail", 1))
              .in(StoreShape.small(Promise.PROCESS_KILL))
              .under(Workload.BROAD)
              .shownBy(FaultKind.IO_ERROR),
          Canary.of(
                  "failed-round-forgotten",
                  "a round that failed does not put its blobs back among the changed ones",
                  in("engine.pool.Captures", "abandon").doesNothing(TypeKind.VOID))
              .in(StoreShape.small(Promise.PROCESS_KILL))
              .under(Workload.BROAD)
              .shownBy(FaultKind.NO_SPACE, FaultKind.SHORT_WRITE, FaultKind.IO_ERROR),
          Canary.of(
                  "image-changed-while-held",
                  "a writer changes the image that a checkpoint is about to write",
                  in("engine.pool.Images", "reasonToCopy").callGives("PooledFrame.holds", 1, 0),
                  in("engine.checkpoint.Round", "write")
                      .after(
                          "Iterator.next",
                          1,
                          "the round takes its time",
                          CheckpointCanaries::pause))
              .in(
                  StoreShape.small(Promise.PROCESS_KILL)
                      .in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS))
              .under(Workload.BULKY),
          Canary.of(
                  "captured-before-it-was-applied",
                  "a round captures an image while a change before the moment is being applied",
                  in("engine.pool.Capture", "tryTake").callGives("Blob.isHeldByAnyone", 1, 0),
                  in("Writes", "tryOnce")
                      .after(
                          "MutationLog.reserve",
                          1,
                          "changes take their time",
                          CheckpointCanaries::pause))
              .in(
                  StoreShape.small(Promise.PROCESS_KILL)
                      .in(StoreShape.Storage.FILES_WITH_BACKGROUND_ROUNDS))
              .under(Workload.BULKY),
          Canary.of(
                  "dirty-image-dropped",
                  "a changed image leaves memory without being written",
                  in("engine.pool.Residency", "tryEnsureSpare")
                      .fieldGives("PooledFrame.dirty", 1, CodeBuilder::iconst_0, "false"))
              .under(Workload.SPILLING),
          Canary.of(
                  "spilled-image-not-captured",
                  "a checkpoint leaves out images that were spilled before it",
                  in("engine.pool.Capture", "take").withoutCall("List.add", 1))
              .under(Workload.SPILLING),
          Canary.of(
              "removed-blob-still-named",
              "the commit does not say which blobs are gone",
              in("engine.pool.BlobTable", "remove").withoutCall("List.add", 1)),
          Canary.of(
                  "close-without-checkpoint",
                  "closing a store without a journal writes no last checkpoint",
                  in("Stores", "lastCheckpoint").withoutCall("Checkpointer.checkpoint", 1))
              .in(StoreShape.small(Promise.NOTHING)));

  private CheckpointCanaries() {}

  private static ClassDesc engine(String name) {
    return ClassDesc.of("io.drey.engine." + name);
  }

  /** {@code parts.log().recycle(moment.cut())}, in Round.run. */
  private static void recycle(CodeBuilder code) {
    parts(code).invokevirtual(PARTS, "log", MethodTypeDesc.of(LOG));
    code.aload(1)
        .invokevirtual(MOMENT, "cut", MethodTypeDesc.of(SWITCH))
        .invokeinterface(LOG, "recycle", MethodTypeDesc.of(ConstantDescs.CD_void, SWITCH));
  }

  /** Lets others go on in the middle of something. */
  private static void pause(CodeBuilder code) {
    code.ldc(200_000L)
        .invokestatic(
            ClassDesc.of("java.util.concurrent.locks.LockSupport"),
            "parkNanos",
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
  }

  private static CodeBuilder parts(CodeBuilder code) {
    return code.aload(0).getfield(ROUND, "parts", PARTS);
  }
}
