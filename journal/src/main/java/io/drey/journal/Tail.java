package io.drey.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Where the journal grows: hands out places and sequence numbers, and knows how far the records are
 * completely stored and how far they are forced.
 *
 * <p>A reservation takes a ticket; {@code ends} is a ring over the tickets in flight that holds the
 * end of each record that is completely stored and 0 for the others. The published end moves over
 * the unbroken run of stored records from the oldest ticket on (INVARIANT J4). All fields but the
 * three volatile ones change under the latch, for a few stores at a time.
 *
 * <p>A record that does not fit seals the segment: the end record takes a ticket like any other and
 * its end is the start of the next segment, so positions run on without a gap.
 */
final class Tail {

  /** Most reservations in flight at once; a power of two. */
  private static final int WINDOW = 4096;

  private static final int MASK = WINDOW - 1;
  private static final long SEQ_COUNTER_MASK = (1L << Journal.SEQ_COUNTER_BITS) - 1;
  private static final VarHandle PUBLISHED_END;

  static {
    try {
      PUBLISHED_END = MethodHandles.lookup().findVarHandle(Tail.class, "publishedEnd", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SpinLatch latch = new SpinLatch();
  private final long storeNumber;
  private final Health health;
  private final Runnable progress;
  private final int progressStep;
  private final int half;
  private final long[] ends = new long[WINDOW];

  private Segment segment;
  private int offset = Segment.START;
  private int progressAt;
  private long nextSeq;
  private long nextTicket;
  private long publishedTicket;
  private long appendedBytes;
  private long switchedAtBytes;
  private long epoch;

  /** The end record of a switch that is to be published; of the one thread that switches. */
  private @Nullable Reservation switching;

  private volatile @Nullable Segment next;
  private volatile long forcedEnd;
  private volatile long publishedEnd;

  /**
   * @param storeNumber under which events tell of it
   * @param progress called outside the latch, some times in the course of a segment
   */
  Tail(
      Segment first,
      int segmentBytes,
      long firstSeq,
      Health health,
      long storeNumber,
      Runnable progress) {
    this.storeNumber = storeNumber;
    this.segment = first;
    this.nextSeq = firstSeq;
    this.health = health;
    this.progress = progress;
    this.progressStep = touchAheadBytes(segmentBytes) / 2;
    this.progressAt = progressStep;
    this.half = segmentBytes / 2;
    this.forcedEnd = Position.of(first.link().number(), Segment.START);
    this.publishedEnd = forcedEnd;
  }

  /** Takes a place and sequence numbers; false leaves {@code r} as it was. */
  boolean reserve(Reservation r, int bodyBytes, int seqCount, long inEpoch) {
    int size = RecordFrame.size(bodyBytes);
    Reservation sealing = null;
    boolean tell;
    latch.lock();
    try {
      if (!health.isOpen() || isCrowded() || !isNow(inEpoch)) {
        return false;
      }
      checkCounter(seqCount);
      if (!segment.fits(offset, size)) {
        Segment fresh = next;
        if (fresh == null) {
          return false;
        }
        sealing = seal(fresh);
      }
      take(r, bodyBytes, seqCount);
      tell = offset > progressAt;
      if (tell) {
        progressAt = offset + progressStep;
      }
    } finally {
      latch.unlock();
    }
    if (sealing != null) {
      publishEnd(sealing, "Full");
    }
    if (tell) {
      progress.run();
    }
    return true;
  }

  private void take(Reservation r, int bodyBytes, int seqCount) {
    int size = RecordFrame.size(bodyBytes);
    r.place(segment, offset);
    r.bodyBytes = bodyBytes;
    r.seqCount = seqCount;
    r.seq = nextSeq;
    r.ticket = nextTicket++;
    offset += size;
    r.end = Position.of(segment.link().number(), offset);
    nextSeq += seqCount;
    appendedBytes += size;
  }

  /** Reserves the end record and moves on to {@code fresh}. */
  private Reservation seal(Segment fresh) {
    Reservation r = new Reservation();
    take(r, Segment.END_BODY_BYTES, 0);
    r.end = Position.of(fresh.link().number(), Segment.START);
    segment.seal(offset, fresh);
    segment = fresh;
    offset = Segment.START;
    next = null;
    progressAt = progressStep;
    return r;
  }

  /** What is reserved must be published; if it cannot be, nobody waits for it for ever. */
  private void publishEnd(Reservation r, String reason) {
    try {
      storeEnd(r, reason);
    } catch (RuntimeException | Error e) {
      health.fail(e);
      throw e;
    }
  }

  private void storeEnd(Reservation r, String reason) {
    Segment sealed = r.segment();
    SegmentLink link = sealed.following().link();
    RecordFrame.write(r, forcedEnd, RecordType.SEGMENT_END, RecordFrame.endBody(link));
    publish(r);
    JournalSwitch event = new JournalSwitch();
    if (event.shouldCommit()) {
      event.store = storeNumber;
      event.segment = link.number();
      event.bytes = sealed.sealedEnd();
      event.reason = reason;
      event.commit();
    }
  }

  /** Whether too many reservations are in flight. Without the latch a guess, as in hasRoom. */
  boolean isCrowded() {
    return nextTicket - publishedTicket > WINDOW - 2;
  }

  private void checkCounter(int seqCount) {
    if ((nextSeq & SEQ_COUNTER_MASK) + seqCount > SEQ_COUNTER_MASK) {
      throw new IllegalStateException("the sequence numbers of this incarnation are used up");
    }
  }

  /** Tells that the bytes of {@code r} are completely stored. */
  void publish(Reservation r) {
    latch.lock();
    ends[(int) r.ticket & MASK] = r.end;
    long ticket = publishedTicket;
    long reached = 0;
    for (long end = ends[(int) ticket & MASK]; end != 0; end = ends[(int) ticket & MASK]) {
      ends[(int) ticket & MASK] = 0;
      reached = end;
      ticket++;
    }
    if (reached != 0) {
      publishedTicket = ticket;
      PUBLISHED_END.setRelease(this, reached);
    }
    latch.unlock();
    r.done();
  }

  private boolean isNow(long inEpoch) {
    return inEpoch == epoch || inEpoch == Journal.ANY_EPOCH;
  }

  /** Begins an epoch; the last sequence number before it. */
  long beginEpoch(long begun) {
    latch.lock();
    try {
      epoch = begun;
      return nextSeq - 1;
    } finally {
      latch.unlock();
    }
  }

  /**
   * Begins an epoch, in any case, and with it the prepared segment; null if none is prepared.
   * Followed by {@link #publishSwitch}, unless null.
   *
   * @param unused where the journal was switched last, good again if nothing lies behind it
   */
  @Nullable Switch switchSegment(long begun, @Nullable Switch unused) {
    latch.lock();
    try {
      epoch = begun;
      if (unused != null && appendedBytes == switchedAtBytes) {
        return new Switch(nextSeq - 1, unused.end(), unused.next());
      }
      Segment fresh = next;
      if (fresh == null || !health.isOpen() || isCrowded()) {
        return null;
      }
      Reservation sealing = seal(fresh);
      switchedAtBytes = appendedBytes;
      switching = sealing;
      return new Switch(nextSeq - 1, sealing.end, fresh.link());
    } finally {
      latch.unlock();
    }
  }

  /** Publishes the end record that the last switch has reserved, if it has not been. */
  void publishSwitch() {
    Reservation sealing = switching;
    if (sealing != null) {
      switching = null;
      publishEnd(sealing, "Checkpoint");
    }
  }

  /**
   * Reserves the clean-close record in the reserve of the open segment, though nothing is taken.
   */
  void reserveLast(Reservation r) {
    latch.lock();
    take(r, 0, 0);
    latch.unlock();
  }

  long takeSeqs(int count, long inEpoch) {
    latch.lock();
    try {
      if (!health.isOpen() || !isNow(inEpoch)) {
        return 0;
      }
      checkCounter(count);
      long first = nextSeq;
      nextSeq += count;
      return first;
    } finally {
      latch.unlock();
    }
  }

  void beginIncarnation(long firstSeq) {
    latch.lock();
    try {
      if (firstSeq <= nextSeq) {
        throw new IllegalArgumentException("an incarnation only grows");
      }
      nextSeq = firstSeq;
    } finally {
      latch.unlock();
    }
  }

  /**
   * Whether a record with such a body could be reserved now. Reads without the latch: a guess, that
   * {@link #reserve} corrects.
   */
  boolean hasRoom(int bodyBytes) {
    return next != null || segment.fits(offset, RecordFrame.size(bodyBytes));
  }

  /** How far ahead of the records a segment is touched. */
  static int touchAheadBytes(int segmentBytes) {
    return Math.min(2 << 20, segmentBytes / 4);
  }

  /** Makes the page of the next record ready for stores. Without the latch a guess, as hasRoom. */
  void touch() {
    segment.touch(offset);
  }

  /** Whether it is time to prepare the next segment. */
  boolean wantsNext() {
    latch.lock();
    try {
      return offset > half && next == null;
    } finally {
      latch.unlock();
    }
  }

  boolean hasNext() {
    return next != null;
  }

  void offerNext(Segment prepared) {
    next = prepared;
  }

  /** Takes the prepared segment back; used when the journal is closed. */
  @Nullable Segment withdrawNext() {
    latch.lock();
    try {
      Segment prepared = next;
      next = null;
      return prepared;
    } finally {
      latch.unlock();
    }
  }

  Segment openSegment() {
    latch.lock();
    try {
      return segment;
    } finally {
      latch.unlock();
    }
  }

  /** Waits until the number of reservations in flight allows another one. */
  void awaitUncrowded() throws JournalFailedException {
    if (isCrowded()) {
      JournalWait event = new JournalWait();
      event.begin();
      for (int turn = 0; inFlight() > WINDOW - 2; turn++) {
        health.checkAlive();
        pause(turn);
      }
      event.tell(storeNumber, "Window");
    }
  }

  /** Waits until everything up to and with the record at {@code position} is published. */
  void awaitPublished(long position) throws JournalFailedException {
    if (publishedEnd() > position) {
      return;
    }
    JournalWait event = new JournalWait();
    event.begin();
    for (int turn = 0; publishedEnd() <= position; turn++) {
      health.checkAlive();
      pause(turn);
    }
    event.tell(storeNumber, "Order");
  }

  /** Waits until nothing is in flight; false if something still is after {@code nanos}. */
  boolean awaitDrained(long nanos) {
    long start = System.nanoTime();
    for (int turn = 0; inFlight() != 0; turn++) {
      if (System.nanoTime() - start > nanos) {
        return false;
      }
      pause(turn);
    }
    return true;
  }

  /** Spins, then yields, then sleeps: publishers never wait, so this is short. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on the yield
  private static void pause(int turn) {
    if (turn < 100) {
      Thread.onSpinWait();
    } else if (turn < 200) {
      Thread.yield();
    } else {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
    }
  }

  private long inFlight() {
    latch.lock();
    try {
      return nextTicket - publishedTicket;
    } finally {
      latch.unlock();
    }
  }

  /** The end of the unbroken run of stored records, over all segments. */
  long publishedEnd() {
    return (long) PUBLISHED_END.getAcquire(this);
  }

  /** INVARIANT J2: every byte of the chain before it is on stable storage. */
  long forcedEnd() {
    return forcedEnd;
  }

  /** For the one thread that leads the forces. */
  void forcedEnd(long position) {
    forcedEnd = position;
  }

  /** Where the next record would begin. */
  long reservedEnd() {
    latch.lock();
    try {
      return Position.of(segment.link().number(), offset);
    } finally {
      latch.unlock();
    }
  }

  long nextSeq() {
    latch.lock();
    try {
      return nextSeq;
    } finally {
      latch.unlock();
    }
  }

  long appendedBytes() {
    latch.lock();
    try {
      return appendedBytes;
    } finally {
      latch.unlock();
    }
  }

  long bytesSinceSwitch() {
    latch.lock();
    try {
      return appendedBytes - switchedAtBytes;
    } finally {
      latch.unlock();
    }
  }
}
