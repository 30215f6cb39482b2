package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;

import io.drey.crash.Promise;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** Bugs planted in recovery and replay. */
final class RecoveryCanaries {
  private static final ClassDesc JOURNAL = ClassDesc.of("io.drey.journal.Journal");
  private static final ClassDesc POSITION = ClassDesc.of("io.drey.journal.Position");
  private static final ClassDesc LIST = ClassDesc.of("java.util.List");

  static final List<Canary> ALL =
      List.of(
          Canary.of(
              "incarnation-not-raised",
              "every life of a store hands out the same sequence numbers",
              in("engine.recovery.Recovery", "beginLife")
                  .callGives("ManifestHead.incarnation", 1, 0)),
          Canary.of(
              "log-end-not-committed",
              "recovery does not say where the old log ends: its torn tail stays in the chain",
              in("engine.recovery.Recovery", "beginLife").withoutCall("List.add", 1)),
          Canary.of(
                  "replayed-segments-not-forced",
                  "recovery trusts the page cache for the records it has read",
                  in("engine.recovery.Recovery", "beginLife")
                      .withoutCall("JournalScan.forceSegments", 1))
              .in(StoreShape.small(Promise.PROCESS_KILL)),
          Canary.of(
                  "opening-recycles-first",
                  "opening gives up the old segments before its own commit",
                  in("engine.recovery.Recovery", "beginLife")
                      .after(
                          "Journal.start",
                          1,
                          "all segments before the new one are recycled",
                          RecoveryCanaries::recycle))
              .under(Workload.SPILLING),
          Canary.of(
              "replay-skips-first",
              "replay leaves out the first operation of every record",
              in("engine.recovery.Replayer", "visit").constant(0, 1, 1)),
          Canary.of(
              "batch-replayed-in-part",
              "replay leaves out the last operation of every batch",
              in("engine.recovery.Replayer", "visit")
                  .callBecomes("List.size", 3, "one less of several", RecoveryCanaries::oneLess)));

  private RecoveryCanaries() {}

  private static void recycle(CodeBuilder code) {
    code.dup()
        .dup()
        .invokevirtual(JOURNAL, "forcedMark", MethodTypeDesc.of(ConstantDescs.CD_long))
        .invokestatic(
            POSITION, "segment", MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long))
        .lconst_0()
        .invokevirtual(
            JOURNAL,
            "recycleBefore",
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, ConstantDescs.CD_long));
  }

  private static void oneLess(CodeBuilder code) {
    code.invokeinterface(LIST, "size", MethodTypeDesc.of(ConstantDescs.CD_int))
        .dup()
        .iconst_1()
        .ifThen(Opcode.IF_ICMPGT, some -> some.iconst_1().isub());
  }
}
