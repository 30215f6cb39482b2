package io.drey.journal;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A reserved place for one record, and the memory one writer needs to fill it. Reusable without
 * allocation; confined to one thread from {@link Journal#reserve} to {@link Journal#publish}.
 */
public final class Reservation {

  final byte[] scratch = new byte[RecordFrame.SCRATCH_BYTES];
  final CRC32C crc = new CRC32C();

  int offset;
  int bodyBytes;
  int seqCount;
  long seq;

  /** Place in the order of publication. */
  long ticket;

  /** Where the next record begins: behind this one, or in the next segment. */
  long end;

  private @Nullable Segment segment;
  private long position;
  private boolean reserved;

  /** An unused reservation. */
  public Reservation() {}

  /** Where the record lies, or lay last. */
  public long position() {
    return position;
  }

  /** The first sequence number of the record. */
  public long seq() {
    return seq;
  }

  /** How many sequence numbers the record carries. */
  public int seqCount() {
    return seqCount;
  }

  /** Bytes of body the place has. */
  public int bodyBytes() {
    return bodyBytes;
  }

  void place(Segment into, int at) {
    segment = into;
    offset = at;
    position = Position.of(into.link().number(), at);
    reserved = true;
  }

  Segment segment() {
    Segment held = segment;
    if (!reserved || held == null) {
      throw new IllegalStateException("nothing is reserved");
    }
    return held;
  }

  /** Lets go of the segment, so that a kept reservation keeps no mapping alive. */
  void done() {
    reserved = false;
    segment = null;
  }
}
