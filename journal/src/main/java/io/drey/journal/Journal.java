package io.drey.journal;

import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A journal that is being written.
 *
 * <p>The protocol of a writer: {@link #prepare} outside of latches; {@link #reserve} under them,
 * which gives position and sequence number and never waits; {@link #publish} in a {@code finally},
 * or {@link #publishVoid}; then {@link #awaitPublished} or {@link #awaitForced}, outside of
 * latches, as the commit's durability asks. Publishing copies the record into the mapped segment:
 * from then on it survives a kill of the process, without a system call.
 *
 * <p>Any number of threads, platform or virtual, may use a journal; interrupts reach none of its
 * methods and the interrupt flag is kept. A failed force is final: see {@link
 * JournalFailedException}. A full disk is not: {@link #prepare} throws, and succeeds once there is
 * space.
 *
 * <p>Recovery never appends to an old segment. To go on after a {@link JournalScan}: force the
 * segments read ({@link JournalScan#forceSegments}), {@link #start} a journal at a {@link
 * SegmentLink#fresh} link with {@link #nextNumber}, then commit and force a manifest record with
 * the {@link LogEnd} and the incarnation, and only then append. A file the manifest names is so
 * never missing.
 */
public final class Journal implements AutoCloseable {

  /** Lower bits of a sequence number that count; the upper ones are the incarnation. */
  public static final int SEQ_COUNTER_BITS = 40;

  /** For {@link #reserve(Reservation, int, int, long)}: whatever epoch it is. */
  public static final long ANY_EPOCH = -1;

  private static final long CLOSE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final JournalConfig config;
  private final Health health = new Health();
  private final Tail tail;
  private final GroupCommit commits;
  private final SegmentSupply supply;
  private final ReentrantLock creation = new ReentrantLock();
  private final ReentrantLock closing = new ReentrantLock();
  private final Thread daemon;
  private volatile boolean progressed;
  private boolean closed;

  private Journal(JournalConfig config, SegmentSupply supply, Segment first, long firstSeq) {
    this.config = config;
    this.supply = supply;
    this.tail =
        new Tail(
            first, config.segmentBytes(), firstSeq, health, config.storeNumber(), this::wakeDaemon);
    this.commits = new GroupCommit(tail, first, health, config.storeNumber());
    this.daemon = config.vfs().threads().unstarted("drey-journal", this::makeSegmentsAhead);
  }

  /** The first sequence number of an incarnation. */
  public static long firstSeq(int incarnation) {
    return (long) incarnation << SEQ_COUNTER_BITS | 1;
  }

  /** A number above that of every segment file in the directory. */
  public static long nextNumber(JournalConfig config) throws IOException {
    long highest = 0;
    for (String name : config.vfs().list(config.directory())) {
      OptionalLong number = SegmentName.number(name);
      highest = Math.max(highest, number.orElse(0));
    }
    return highest + 1;
  }

  /**
   * Begins a new chain. The first segment, its header and its name are on stable storage on return;
   * nothing may be appended before a forced manifest record names it.
   *
   * @param incarnation of the sequence numbers
   * @param first the first segment; its number from {@link #nextNumber}, its salt fresh
   * @param firstSeq the first sequence number to hand out
   * @param manifestNumber the newest forced manifest
   * @throws JournalFailedException if a force failed
   */
  public static Journal start(
      JournalConfig config, int incarnation, SegmentLink first, long firstSeq, long manifestNumber)
      throws IOException {
    SegmentSupply supply = new SegmentSupply(config, manifestNumber);
    Segment segment = supply.make(first, firstSeq, incarnation);
    Journal journal = new Journal(config, supply, segment, firstSeq);
    journal.daemon.start();
    return journal;
  }

  /**
   * Makes ready what a reservation of such a body needs. Called outside of latches; may wait and do
   * I/O. Another writer may take what was prepared: {@link #reserve} tells.
   *
   * @throws IllegalArgumentException if no segment can hold such a body
   * @throws IOException if a segment could not be made, for want of space for example; nothing is
   *     lost and it may be called again
   * @throws JournalFailedException if a force has failed
   */
  public void prepare(int bodyBytes) throws IOException {
    checkBody(bodyBytes);
    health.checkOpen();
    tail.awaitUncrowded();
    if (!tail.hasRoom(bodyBytes)) {
      makeRoom();
    }
  }

  private void makeRoom() throws IOException {
    JournalWait event = new JournalWait();
    event.begin();
    makeNext();
    event.tell(config.storeNumber(), "Segment");
  }

  /**
   * Whether {@link #prepare} would return at once. Reads without a latch: a guess, as what was
   * prepared is.
   */
  public boolean isPrepared(int bodyBytes) {
    return health.isOpen() && tail.hasRoom(bodyBytes) && !tail.isCrowded();
  }

  /**
   * Has the page of the next record ready, so that its writer, who holds latches, meets no page
   * fault. For who is going to {@link #awaitForced}, before its latches: each force protects the
   * page in which the records end against stores, once.
   */
  public void touch() {
    tail.touch();
  }

  /**
   * Takes the place and the sequence numbers of a record. Called under the writer's latches; never
   * parks and does no I/O. What is reserved must be published, whatever happens.
   *
   * @param seqCount how many sequence numbers the record carries, 0 or more
   * @return false if there is no room: leave the latches, {@link #prepare}, start again
   */
  public boolean reserve(Reservation r, int bodyBytes, int seqCount) {
    return reserve(r, bodyBytes, seqCount, ANY_EPOCH);
  }

  /**
   * As the other one, in an epoch that its caller has prepared the change for.
   *
   * @return false too if another epoch {@link #beginEpoch has begun}: prepare for that one
   */
  public boolean reserve(Reservation r, int bodyBytes, int seqCount, long epoch) {
    checkBody(bodyBytes);
    if (seqCount < 0) {
      throw new IllegalArgumentException("seq count: " + seqCount);
    }
    return tail.reserve(r, bodyBytes, seqCount, epoch);
  }

  /**
   * Begins an epoch, a number that the caller chooses; the first one is 0. What was reserved before
   * has the sequence numbers up to the result, and what is reserved for an older epoch from now on
   * is refused. So one moment parts all changes, and nobody who makes one is stopped for it.
   * Instant.
   *
   * @return the last sequence number given out before
   */
  public long beginEpoch(long epoch) {
    return tail.beginEpoch(epoch);
  }

  private void checkBody(int bodyBytes) {
    if (bodyBytes < 0 || bodyBytes > config.maxBodyBytes()) {
      throw new IllegalArgumentException(
          "a record's body has 0 to " + config.maxBodyBytes() + " bytes, not " + bodyBytes);
    }
  }

  /**
   * Copies a record into its place. On return it is complete; it survives a kill of the process as
   * soon as all before it are: {@link #awaitPublished}.
   *
   * @param type {@link RecordType#FIRST_OF_ENGINE} to {@link RecordType#MAX}
   * @param length the number of body bytes that were reserved
   * @throws IllegalArgumentException if type or length do not fit; the record is still to be
   *     published
   */
  public void publish(Reservation r, int type, byte[] body, int length) {
    if (type < RecordType.FIRST_OF_ENGINE || type > RecordType.MAX) {
      throw new IllegalArgumentException("record type: " + type);
    }
    if (length != r.bodyBytes || length > body.length) {
      throw new IllegalArgumentException("reserved " + r.bodyBytes + " bytes, not " + length);
    }
    store(r, type, body);
  }

  /** Gives up a reservation: its place and its sequence numbers stay used, for nothing. */
  public void publishVoid(Reservation r) {
    store(r, RecordType.VOID, null);
  }

  private void store(Reservation r, int type, byte @Nullable [] body) {
    Segment segment = r.segment();
    try {
      RecordFrame.write(r, tail.forcedEnd(), type, body);
    } catch (IllegalStateException e) {
      if (segment.memory().scope().isAlive()) {
        throw e;
      }
      throw new JournalClosedException(e);
    }
    tail.publish(r);
  }

  /**
   * Returns when the record at {@code position} and all before it are complete, so that a kill of
   * the process loses none of them. Normally at once; otherwise after the copies of other writers.
   */
  public void awaitPublished(long position) throws JournalFailedException {
    if (isPublished(position)) {
      return;
    }
    checkReserved(position);
    tail.awaitPublished(position);
  }

  /** Whether the record at {@code position} and all before it are complete by now. */
  public boolean isPublished(long position) {
    return tail.publishedEnd() > position;
  }

  /**
   * Returns when the record at {@code position} and all before it, over all segments, are on stable
   * storage. Concurrent callers share forces; a lone one forces on its own thread.
   *
   * @throws JournalFailedException if a force has failed before that was reached
   */
  public void awaitForced(long position) throws JournalFailedException {
    checkReserved(position);
    commits.await(position);
  }

  private void checkReserved(long position) {
    if (!isPublished(position) && position >= tail.reservedEnd()) {
      throw new IllegalArgumentException("no record at " + Position.text(position));
    }
  }

  /** Returns when every record published before the call is on stable storage. */
  public void force() throws JournalFailedException {
    health.checkOpen();
    commits.await(tail.publishedEnd() - 1);
  }

  /**
   * Returns when everything before {@code position} is on stable storage; with {@link Switch#end}
   * this seals the segments before a checkpoint's switch.
   */
  public void forceThrough(long position) throws JournalFailedException {
    if (position > tail.reservedEnd()) {
      throw new IllegalArgumentException("nothing reserved up to " + Position.text(position));
    }
    commits.await(position - 1);
  }

  /**
   * Makes the segment that {@link #switchSegment} will go to. Outside of latches; failures as in
   * {@link #prepare}.
   */
  public void prepareSwitch() throws IOException {
    health.checkOpen();
    tail.awaitUncrowded();
    makeNext();
  }

  /**
   * Parts the journal where it {@link #beginEpoch begins an epoch}: every record reserved before
   * lies before {@link Switch#end}, every later one behind. Instant; waits for nobody. Followed by
   * {@link #publishSwitch}: until then nothing behind is acknowledged. By one thread at a time.
   *
   * @param unused the result of the last call, if it may be used again where nothing was appended
   *     since; null = a fresh segment in any case
   * @return null if no segment is prepared, another writer having taken it: {@link #prepareSwitch},
   *     try again. The epoch has begun nevertheless.
   */
  public @Nullable Switch switchSegment(long epoch, @Nullable Switch unused) {
    return tail.switchSegment(epoch, unused);
  }

  /** Completes {@link #switchSegment}, which did the least that can be done in an instant. */
  public void publishSwitch() {
    tail.publishSwitch();
  }

  /**
   * Gives up the segments before number {@code segment}: a few are kept for reuse, the others
   * deleted. Called after the manifest that moved the log start there was forced, and when no
   * reader needs them.
   *
   * @param manifestNumber the newest forced manifest; named by segments made from now on
   * @throws IOException if a file could not be looked at or deleted; the next call tries again
   */
  public void recycleBefore(long segment, long manifestNumber) throws IOException {
    health.checkOpen();
    if (tail.forcedEnd() < Position.of(segment, Segment.START)) {
      throw new IllegalArgumentException("segments before " + segment + " are not forced");
    }
    creation.lock();
    try {
      supply.manifestForced(manifestNumber);
      supply.recycleBefore(segment);
    } finally {
      creation.unlock();
    }
  }

  /**
   * Takes sequence numbers without a record, for mutations of no durability. Under the writer's
   * latches; never waits.
   *
   * @param epoch as for {@link #reserve(Reservation, int, int, long)}
   * @return the first of {@code count} numbers; 0 if another epoch has begun, or the journal has
   *     failed or is closed, as {@link #prepare} then tells
   */
  public long takeSeqs(int count, long epoch) {
    if (count <= 0) {
      throw new IllegalArgumentException("seq count: " + count);
    }
    return tail.takeSeqs(count, epoch);
  }

  /** Sequence numbers left in this incarnation; {@link #reserve} fails without any. */
  public long seqsLeft() {
    long counterMask = (1L << SEQ_COUNTER_BITS) - 1;
    return counterMask - (tail.nextSeq() & counterMask);
  }

  /** Goes on with the sequence numbers of an incarnation that a forced manifest already has. */
  public void beginIncarnation(int incarnation) {
    tail.beginIncarnation(firstSeq(incarnation));
  }

  /** The last sequence number handed out; one below the first if none was. */
  public long lastSeq() {
    return tail.nextSeq() - 1;
  }

  /** Everything before it is on stable storage. */
  public long forcedMark() {
    return tail.forcedEnd();
  }

  /** Bytes of all records since {@link #start}, headers and end records included. */
  public long appendedBytes() {
    return tail.appendedBytes();
  }

  /** Bytes of records since the last {@link #switchSegment}. */
  public long bytesSinceSwitch() {
    return tail.bytesSinceSwitch();
  }

  /** The number of the segment in which the published end lies. */
  public long openSegment() {
    return Position.segment(tail.publishedEnd());
  }

  /**
   * Bytes of segment files from number {@code segment} to the published end, unused tails of sealed
   * ones included: what a recovery that begins there has to read. A few loads.
   */
  public long bytesFrom(long segment) {
    long end = tail.publishedEnd();
    return (Position.segment(end) - segment) * config.segmentBytes() + Position.offset(end);
  }

  /** Bytes of one segment file. */
  public int segmentBytes() {
    return config.segmentBytes();
  }

  /** Forces of segment bytes that were issued. */
  public long forces() {
    return commits.forces();
  }

  private void wakeDaemon() {
    progressed = true;
    LockSupport.unpark(daemon);
  }

  private void makeSegmentsAhead() {
    while (health.isOpen()) {
      if (progressed) {
        progressed = false;
        try {
          touchAhead();
          if (tail.wantsNext()) {
            makeNext();
          }
        } catch (IOException | JournalClosedException metAgainByPrepare) {
          // A writer that needs the segment makes it itself and gets the error.
        }
      } else {
        LockSupport.park(this);
      }
    }
  }

  private void touchAhead() {
    long end = tail.reservedEnd();
    Segment open = tail.openSegment();
    if (open.link().number() == Position.segment(end)) {
      open.touchTo(Position.offset(end) + Tail.touchAheadBytes(config.segmentBytes()));
    }
  }

  private void makeNext() throws IOException {
    creation.lock();
    try {
      health.checkOpen();
      if (!tail.hasNext()) {
        SegmentLink link = tail.openSegment().link().following();
        long seqFloor = tail.nextSeq();
        tail.offerNext(supply.make(link, seqFloor, (int) (seqFloor >>> SEQ_COUNTER_BITS)));
      }
    } catch (JournalFailedException e) {
      Throwable cause = e.getCause();
      health.fail(cause == null ? e : cause);
      throw e;
    } finally {
      creation.unlock();
    }
  }

  /**
   * Forces everything, writes a clean-close record, forces it and lets go of the files. Waits for
   * records in flight, for a bounded time. Commits waiting meanwhile are acknowledged. Closing
   * again has no effect.
   *
   * @throws JournalFailedException if a force has failed, before or now; all is let go nevertheless
   */
  @Override
  public void close() throws IOException {
    closing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      health.closing();
      LockSupport.unpark(daemon);
      try {
        closeCleanly();
      } finally {
        letGo();
      }
    } finally {
      closing.unlock();
    }
  }

  private void closeCleanly() throws IOException {
    if (!tail.awaitDrained(CLOSE_WAIT_NANOS)) {
      throw new IOException("a reserved record was never published; the journal ends before it");
    }
    health.checkAlive();
    commits.await(tail.publishedEnd() - 1);
    Reservation last = new Reservation();
    tail.reserveLast(last);
    long position = last.position();
    store(last, RecordType.CLEAN_CLOSE, new byte[0]);
    commits.await(position);
  }

  private void letGo() throws IOException {
    health.closed();
    commits.retire();
    creation.lock();
    try {
      commits.closeAll();
      Segment prepared = tail.withdrawNext();
      if (prepared != null) {
        prepared.close();
        // WHY: no end record names it, so it is no part of the journal and would only take space.
        config.vfs().delete(config.file(prepared.link().number()));
      }
    } finally {
      creation.unlock();
    }
  }
}
