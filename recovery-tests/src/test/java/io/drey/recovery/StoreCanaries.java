package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;

import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultKind;
import io.drey.recovery.mutate.Mutation;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Bugs planted in the data file, its slots and the manifest. */
final class StoreCanaries {
  private static final ClassDesc SLOTS = ClassDesc.of("io.drey.engine.store.SlotSet");
  private static final ClassDesc STATE = ClassDesc.of("io.drey.engine.store.SlotSet$SlotState");

  static final List<Canary> ALL =
      List.of(
          Canary.of(
              "commit-not-forced",
              "a commit to the manifest is acknowledged without a force",
              in("engine.store.ManifestLog", "append").withoutCall("StorageFile.force", 1)),
          Canary.of(
              "manifest-not-forced",
              "a new manifest file gets its name before its bytes are forced",
              in("engine.store.ManifestLog", "writeTemporary").withoutCall("StorageFile.force", 1)),
          Canary.of(
              "manifest-name-not-forced",
              "the directory is not forced after the rename of a manifest file",
              in("engine.store.ManifestLog", "beginFile").withoutCall("Vfs.forceDirectory", 1)),
          Canary.of(
              "commit-checksum-ignored",
              "records of the manifest count whatever their checksum says",
              in("engine.store.ManifestReader", "isRecord").branch(3, Mutation.Branch.NEVER)),
          Canary.of(
              "slot-reused-early",
              "a slot is free when its image is superseded, one commit early: in-place writes",
              in("engine.store.SlotSet", "abandon")
                  .does("the slot is free in every state", StoreCanaries::free),
              in("engine.pool.ImageFile", "commit")
                  .after(
                      "ManifestLog.commit",
                      1,
                      "no slot retires",
                      code -> code.pop().iconst_0().newarray(TypeKind.LONG))),
          Canary.of(
                  "failed-commit-frees-slots",
                  "the slots of a commit that failed are free at once",
                  in("engine.store.SlotSet$Attempt", "failed")
                      .enumGives("SlotState.DOUBTFUL", 1, "FREE"))
              .in(StoreShape.small(Promise.PROCESS_KILL))
              .shownBy(FaultKind.IO_ERROR, FaultKind.NO_SPACE, FaultKind.SHORT_WRITE),
          Canary.of(
                  "image-checksum-ignored",
                  "an image is used whatever its checksums say",
                  in("engine.pool.ImageStore", "verify").withoutCall("FrameSeal.verify", 1))
              .under(Workload.SPILLING)
              .shownBy(FaultKind.BIT_FLIP, FaultKind.STALE_READ, FaultKind.MISDIRECTED_WRITE));

  private StoreCanaries() {}

  private static void free(CodeBuilder code) {
    code.aload(0)
        .lload(1)
        .l2i()
        .getstatic(STATE, "FREE", STATE)
        .invokevirtual(
            SLOTS, "move", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int, STATE))
        .return_();
  }
}
