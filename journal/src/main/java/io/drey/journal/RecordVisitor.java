package io.drey.journal;

import java.io.IOException;

/** Receives the engine's records in the order of the journal. */
@FunctionalInterface
public interface RecordVisitor {

  /**
   * One record.
   *
   * @param position where it lies
   * @param seq its first sequence number
   * @param seqCount how many sequence numbers it carries
   * @param type at least {@link RecordType#FIRST_OF_ENGINE}
   * @param buffer holds the body; belongs to the journal and is valid during this call only
   * @param offset where the body begins in {@code buffer}
   * @param length bytes of the body
   */
  void visit(long position, long seq, int seqCount, int type, byte[] buffer, int offset, int length)
      throws IOException;
}
