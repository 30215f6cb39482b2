package io.drey.stress;

import java.nio.file.Path;
import java.util.List;

/** The bugs that the tests of latch and journal have to show. */
public final class Canaries {
  private static final Path LATCH =
      Path.of("engine/src/main/java/io/drey/engine/latch/FrameLatch.java");
  private static final Path JOURNAL = Path.of("journal/src/main/java/io/drey/journal");
  private static final Path TESTS = Path.of("stress-tests/src/test/java/io/drey");

  static final List<Canary> ALL =
      List.of(
          Canary.of(
              "no-fence-before-validation",
              "the word is read again without a fence, before the bytes as it may be",
              "TornReadStress",
              latch("VarHandle.loadLoadFence();", ""),
              latch("(long) WORD.getOpaque(this) == stamp", "word == stamp")),
          Canary.of(
              "word-not-read-again",
              "every stamp is valid",
              "TornReadStress",
              latch("return (long) WORD.getOpaque(this) == stamp;", "return true;")),
          Canary.of(
              "word-stays-even",
              "a change shows when it is done, not when it begins",
              "TornReadStress",
              latch("WORD.setOpaque(this, free + 1);", ""),
              latch("WORD.setRelease(this, held + 1);", "WORD.setRelease(this, held + 2);")),
          Canary.of(
              "released-before-the-last-store",
              "the latch is released while the image is still written",
              "TornReadStress",
              frame(
                  "TornReadStress",
                  "      Blob.write(place, change);\n      blob.release();\n",
                  "      blob.release();\n      Blob.write(place, change);\n")),
          Canary.of(
              "held-after-the-first-store",
              "the image is written before the latch is held",
              "TornReadStress",
              frame(
                  "TornReadStress",
                  "      blob.hold();\n      Blob.write(place, change);\n",
                  "      Blob.write(place, change);\n      blob.hold();\n")),
          Canary.of(
              "claim-shows-too-late",
              "who holds at a stamp leaves the word even",
              "TornReadBesideWritersStress",
              latch("WORD.compareAndSet(this, stamp, stamp + 1)", "isValid(stamp)"),
              latch("WORD.setRelease(this, held + 1);", "WORD.setRelease(this, (held | 1) + 1);")),
          Canary.of(
              "claim-in-two-steps",
              "the word is compared and then set",
              "OneClaimStress",
              latch(
                  "!WORD.compareAndSet(this, stamp, stamp + 1)",
                  "(long) WORD.getOpaque(this) != stamp"),
              latch("      return false;\n    }\n", "return false;\n} WORD.set(this, stamp + 1);")),
          Canary.of(
              "claim-of-any-stamp",
              "the latch is held, whatever has changed since the stamp",
              "StaleClaimStress",
              latch("WORD.compareAndSet(this, stamp, stamp + 1)", "claimNow()"),
              latch(
                  "  /** Begins a change. Not",
                  "private boolean claimNow() { long now = optimistic();"
                      + " return WORD.compareAndSet(this, now, now + 1); }\n"
                      + "  /** Begins a change. Not")),
          Canary.of(
              "retired-is-released",
              "the latch of a blob that is gone is released like any other",
              "RetiredBlobStress",
              latch("if (held != RETIRED) {", "{"),
              latch("WORD.setOpaque(this, RETIRED);", "")),
          Canary.of(
              "place-before-stamp",
              "a reader takes the place first, then the stamp",
              "PlaceUnderStampStress",
              frame(
                  "PlaceUnderStampStress",
                  "    long stamp = blob.optimistic();\n    Frame place = blob.frame();\n",
                  "    Frame place = blob.frame();\n    long stamp = blob.optimistic();\n")),
          Canary.of(
              "place-outside-the-latch",
              "a blob's new place shows only after the latch is released",
              "PlaceUnderStampStress",
              frame(
                  "PlaceUnderStampStress",
                  "    blob.moveTo(fresh);\n    blob.release();\n",
                  "    blob.release();\n    blob.moveTo(fresh);\n")),
          Canary.of(
              "parent-before-child",
              "a reader validates the parent first, then takes the child's stamp",
              "CrossedEdgeStress",
              frame(
                  "CrossedEdgeStress",
                  "    long childStamp = child.optimistic();\n"
                      + "    if (!parent.isValid(parentStamp) || Blob.isHeld(childStamp)) {",
                  "    if (!parent.isValid(parentStamp)) { return Blob.STALE; }\n"
                      + "    long childStamp = child.optimistic();\n"
                      + "    if (Blob.isHeld(childStamp)) {")),
          Canary.of(
              "end-passes-a-record",
              "a record that is stored moves the end behind itself, whatever is in flight",
              "PublishedEndStress",
              tail("    if (reached != 0) {", "    reached = r.end;\n    if (reached != 0) {")),
          Canary.of(
              "published-before-stored",
              "the end moves before the record is in its place",
              "PublishedBytesStress",
              journal(
                  "SmallTail",
                  "      store(r);\n      tail.publish(r);\n",
                  "      Segment s = r.segment(); int at = r.offset; tail.publish(r);\n"
                      + "      r.place(s, at); store(r);\n")),
          Canary.of(
              "sealed-after-the-end",
              "a segment does not know its end yet when its end record is published",
              "PublishedBytesStress",
              tail("    segment.seal(offset, fresh);\n", "    segment.seal(0, fresh);\n"),
              tail(
                  "    publish(r);\n    JournalSwitch",
                  "    int end = r.offset + RecordFrame.size(Segment.END_BODY_BYTES);\n"
                      + "    Segment s = r.segment(); publish(r); Thread.onSpinWait();\n"
                      + "    s.seal(end, s.following());\n    JournalSwitch")),
          Canary.of(
              "switch-reads-the-number-early",
              "the number that parts the records is read before the latch is taken",
              "SwitchStress",
              tail(
                  "    latch.lock();\n    try {\n      epoch = begun;\n      if",
                  "    long early = nextSeq - 1;\n"
                      + "    latch.lock();\n    try {\n      epoch = begun;\n      if"),
              tail(
                  "      return new Switch(nextSeq - 1, sealing.end,",
                  "      return new Switch(early, sealing.end,")),
          Canary.of(
              "epoch-outside-the-latch",
              "a reservation looks at the epoch before it takes the latch",
              "EpochStress",
              tail(
                  "    boolean tell;\n    latch.lock();\n",
                  "    boolean tell;\n    boolean now = isNow(inEpoch);\n    latch.lock();\n"),
              tail("isCrowded() || !isNow(inEpoch)", "isCrowded() || !now")),
          Canary.of(
              "epoch-before-the-latch",
              "a change looks at the epoch and then takes the latch",
              "EndedEpochStress",
              frame(
                  "EndedEpochStress",
                  "    if (!blob.tryHold(stamp)) {\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    if (epoch == mine) {\n",
                  "    boolean now = epoch == mine;\n    Thread.onSpinWait();\n"
                      + "    if (!blob.tryHold(stamp)) {\n      return;\n    }\n    if (now) {\n")),
          Canary.of(
              "latch-before-the-epoch",
              "a round looks at the latch and then ends the epoch",
              "EndedEpochStress",
              frame("EndedEpochStress", "    epoch = 1;\n    log.beginEpoch(1);\n", ""),
              frame(
                  "EndedEpochStress",
                  "    result.r2 = Blob.read(place);\n",
                  "    epoch = 1;\n    log.beginEpoch(1);\n    result.r2 = Blob.read(place);\n")),
          Canary.of(
              "spin-latch-in-two-steps",
              "the latch is looked at and then taken",
              "SpinLatchStress",
              new Edit(
                  JOURNAL.resolve("SpinLatch.java"),
                  "    if (!HELD.compareAndSet(this, 0, 1)) {",
                  "    if ((int) HELD.getOpaque(this) == 0) { HELD.setOpaque(this, 1); } else {")),
          Canary.of(
              "spin-latch-open-too-soon",
              "the latch is open before the last store under it",
              "SpinLatchStress",
              new Edit(
                  TESTS.resolve("journal/SpinLatchStress.java"),
                  "    int now = ++count;\n    latch.unlock();\n",
                  "    int now = count + 1;\n    latch.unlock();\n    count = now;\n")));

  /**
   * Bugs that only a machine with weaker order than x86 shows, or another compiler: the long run
   * looks for them, and asks for none.
   */
  static final List<Canary> HIDDEN_ON_X86 =
      List.of(
          Canary.of(
              "validation-fence-alone",
              "the word is read again without a fence, but not by a plain read",
              "TornReadStress",
              latch("VarHandle.loadLoadFence();", "")),
          Canary.of(
              "plain-stamp",
              "the bytes may be read before the stamp",
              "TornReadStress",
              latch("return (long) WORD.getAcquire(this);", "return word;")),
          Canary.of(
              "no-fence-after-hold",
              "bytes may be changed before the word is odd",
              "TornReadStress",
              latch(
                  "    WORD.setOpaque(this, free + 1);\n    VarHandle.storeStoreFence();\n",
                  "    word = free + 1;\n")),
          Canary.of(
              "plain-release",
              "the latch may be released before the last store",
              "TornReadStress",
              latch("WORD.setRelease(this, held + 1);", "word = held + 1;")),
          Canary.of(
              "plain-unlock",
              "the spin latch may be open before the last store under it",
              "SpinLatchStress",
              new Edit(
                  JOURNAL.resolve("SpinLatch.java"),
                  "HELD.setRelease(this, 0);",
                  "HELD.set(this, 0);")),
          Canary.of(
              "plain-publication",
              "the end may move before the bytes are stored",
              "PublishedBytesStress",
              tail(
                  "PUBLISHED_END.setRelease(this, reached);", "PUBLISHED_END.set(this, reached);")),
          Canary.of(
              "plain-published-end",
              "the bytes may be read before the end",
              "PublishedBytesStress",
              tail("PUBLISHED_END.getAcquire(this);", "PUBLISHED_END.get(this);")));

  private Canaries() {}

  /** The one of this name. */
  public static Canary named(String name) {
    return ALL.stream().filter(canary -> canary.name().equals(name)).findAny().orElseThrow();
  }

  private static Edit latch(String text, String replacement) {
    return new Edit(LATCH, text, replacement);
  }

  private static Edit tail(String text, String replacement) {
    return new Edit(JOURNAL.resolve("Tail.java"), text, replacement);
  }

  /** The side of the protocol that the latch's callers keep. */
  private static Edit frame(String className, String text, String replacement) {
    return new Edit(TESTS.resolve("engine/frame").resolve(className + ".java"), text, replacement);
  }

  private static Edit journal(String className, String text, String replacement) {
    return new Edit(TESTS.resolve("journal").resolve(className + ".java"), text, replacement);
  }
}
