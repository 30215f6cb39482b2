package io.drey.recovery;

import static io.drey.recovery.mutate.Mutation.in;

import io.drey.crash.Promise;
import io.drey.crash.hostile.FaultKind;
import java.lang.classfile.CodeBuilder;
import java.util.List;

/** Bugs planted in the journal. */
final class JournalCanaries {
  static final List<Canary> ALL =
      List.of(
          Canary.of(
              "sync-without-force",
              "a durable commit is acknowledged when it is published",
              in("engine.log.JournalLog", "acknowledge")
                  .callsInstead("Journal.awaitForced", 1, "awaitPublished")),
          Canary.of(
                  "older-segment-not-forced",
                  "a group commit forces the newest segment alone",
                  in("journal.GroupCommit", "round").withoutCall("Segment.forceOut", 1))
              .under(Workload.BULKY),
          Canary.of(
              "segment-header-not-forced",
              "a segment is linked to before its header is forced",
              in("journal.SegmentSupply", "force").withoutCall("StorageFile.force", 1)),
          Canary.of(
              "segment-name-not-forced",
              "a segment is linked to before its name is forced",
              in("journal.SegmentSupply", "force").withoutCall("Vfs.forceDirectory", 1)),
          Canary.of(
                  "journal-force-ignored",
                  "a failed force of the journal counts as done",
                  in("journal.GroupCommit", "round").withoutCall("Health.fail", 1))
              .shownBy(FaultKind.IO_ERROR),
          Canary.of(
              "record-checksum-ignored",
              "records of the journal count whatever their checksum says",
              in("journal.RecordFrame", "check")
                  .fieldGives("Damage.BAD_CHECKSUM", 1, CodeBuilder::aconst_null, "null"),
              in("journal.RecordFrame", "check")
                  .fieldGives("Damage.BAD_CHECKSUM", 1, CodeBuilder::aconst_null, "null")),
          Canary.of(
              "body-checksum-ignored",
              "a record of the journal counts once its header checks out",
              in("journal.RecordFrame", "check")
                  .fieldGives("Damage.BAD_CHECKSUM", 2, CodeBuilder::aconst_null, "null")),
          Canary.of(
              "older-life-accepted",
              "checksums say nothing of the segment: records of its older life count",
              in("journal.RecordFrame", "beginChecksum").callGives("SegmentLink.salt", 1, 0),
              in("journal.RecordFrame", "beginChecksum").callGives("Reservation.position", 1, 0),
              in("journal.RecordFrame", "check").callGives("SegmentLink.salt", 1, 0),
              in("journal.RecordFrame", "check").callGives("Position.of", 1, 0)),
          Canary.of(
                  "forced-mark-too-high",
                  "records claim as forced what is only published",
                  in("journal.Journal", "store").callsInstead("Tail.forcedEnd", 1, "publishedEnd"))
              .in(StoreShape.small(Promise.PROCESS_KILL)));

  private JournalCanaries() {}
}
