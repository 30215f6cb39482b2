package io.drey.profile.report;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.nio.ByteOrder.BIG_ENDIAN;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The head of a chunk, of which a recording has one or more behind each other.
 *
 * <pre>
 *   0        4        8                16               24               32
 *   | "FLR\0"| version|     size       |   constants    |    metadata    |
 *   | start (ns)      | duration (ns)  |  start ticks   | ticks a second |
 *   | state, features |
 *   64
 * </pre>
 *
 * <p>While a process records, every flush (about once a second) writes size and places anew and
 * raises the state, which is a counter then; all up to the size is consistent. A chunk that was
 * ended has state 0. State 255 means: the head is just being written. Until the first flush there
 * is no metadata.
 */
final class ChunkHeader {
  static final int FINISHED = 0;
  static final int CHANGING = 255;

  private static final ValueLayout.OfLong NUMBER =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);
  private static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
          MemoryLayout.sequenceLayout(4, ValueLayout.JAVA_BYTE).withName("magic"),
          MemoryLayout.sequenceLayout(4, ValueLayout.JAVA_BYTE).withName("version"),
          NUMBER.withName("size"),
          NUMBER.withName("constants"),
          NUMBER.withName("metadata"),
          NUMBER.withName("start"),
          NUMBER.withName("duration"),
          NUMBER.withName("startTicks"),
          NUMBER.withName("ticksPerSecond"),
          ValueLayout.JAVA_BYTE.withName("state"),
          MemoryLayout.sequenceLayout(3, ValueLayout.JAVA_BYTE).withName("features"));
  private static final long SIZE = at("size");
  private static final long METADATA = at("metadata");
  private static final int STATE = (int) at("state");
  private static final byte[] MAGIC = {'F', 'L', 'R', 0};

  private final byte[] bytes;

  private ChunkHeader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The head of the first chunk in {@code file}; null if the file does not begin with one. */
  static @Nullable ChunkHeader read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) LAYOUT.byteSize());
      boolean valid =
          bytes.length == LAYOUT.byteSize()
              && Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length);
      return valid ? new ChunkHeader(bytes) : null;
    }
  }

  /** Bytes of the chunk that are consistent, this head included. */
  long size() {
    return MemorySegment.ofArray(bytes).get(NUMBER, SIZE);
  }

  /** Whether anything was flushed: without the descriptions of its events a chunk says nothing. */
  boolean isReadable() {
    return state() != CHANGING && MemorySegment.ofArray(bytes).get(NUMBER, METADATA) != 0;
  }

  int state() {
    return bytes[STATE] & 0xff;
  }

  /** The head that this chunk would have if it ended at its size. */
  byte[] finished() {
    byte[] finished = bytes.clone();
    finished[STATE] = FINISHED;
    return finished;
  }

  private static long at(String field) {
    return LAYOUT.byteOffset(groupElement(field));
  }
}
