package io.drey.engine.art;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.engine.frame.ExclusiveFrame;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.WritableFrames;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Frames in memory for tests: grows as needed; can say that a blob is missing; and after {@link
 * #nextEpoch} gives a copy of a frame that is to be changed and fills the old place with garbage,
 * so that whoever still reads it is found out.
 */
final class TestFrames implements WritableFrames, AutoCloseable {
  private static final int CHUNK_FRAMES = Math.max(1, (8 << 20) / FrameSize.BYTES);

  private final Arena arena = Arena.ofShared();
  private final List<Frame> places = new ArrayList<>();
  private final ArrayDeque<Frame> spare = new ArrayDeque<>();
  private final Map<Long, Integer> blobs = new HashMap<>();
  private final Map<Long, Integer> epochs = new HashMap<>();
  private final Map<Long, Long> checksums = new HashMap<>();
  private final Set<Long> missing = new HashSet<>();
  private final long root;
  private final Frame scratch;
  private long nextBlob = 1;
  private int epoch;

  /** Frames that blobs were given, and took copies into, so far. */
  int taken;

  TestFrames() {
    root = nextBlob++;
    Frame frame = take();
    blobs.put(root, frame.index);
    epochs.put(root, epoch);
    EmptyTree.format(new ExclusiveFrame(frame), root);
    scratch = take();
  }

  /** From now on a frame is copied before its first change. */
  void nextEpoch() {
    checksums.forEach((blob, checksum) -> {
      if (blobs.containsKey(blob) && epochs.getOrDefault(blob, -1) < epoch) {
        assertEquals(checksum, checksum(place(blob)), "blob " + blob + " was not copied");
      }
    });
    checksums.clear();
    blobs.keySet().forEach(blob -> checksums.put(blob, checksum(place(blob))));
    epoch++;
  }

  private static long checksum(Frame frame) {
    CRC32C crc = new CRC32C();
    int bump = FrameHeader.bump(frame.segment, frame.base);
    crc.update(frame.segment.asSlice(frame.base, bump).asByteBuffer());
    return crc.getValue();
  }

  /** Lets {@code blob} be missing until {@link #load}. */
  void evict(long blob) {
    missing.add(blob);
  }

  void load(long blob) {
    missing.remove(blob);
  }

  void loadAll() {
    missing.clear();
  }

  /** The image of a blob, missing or not. */
  Frame place(long blob) {
    Integer index = blobs.get(blob);
    if (index == null) {
      throw new IllegalStateException("there is no blob " + blob);
    }
    return places.get(index);
  }

  int blobCount() {
    return blobs.size();
  }

  List<Long> blobs() {
    return List.copyOf(blobs.keySet());
  }

  @Override
  public @Nullable Frame resident(long blob) {
    if (missing.contains(blob)) {
      return null;
    }
    return place(blob);
  }

  @Override
  public @Nullable LatchedFrame latched(long blob) {
    return new StillFrame(blob, resident(blob));
  }

  @Override
  public boolean isMine(LatchedFrame latch) {
    return true;
  }

  @Override
  public boolean hold(LatchedFrame latch, long stamp) {
    return true;
  }

  @Override
  public ExclusiveFrame writable(long blob) {
    Frame frame = resident(blob);
    if (frame == null) {
      throw new IllegalStateException("blob " + blob + " is not in memory");
    }
    if (epochs.getOrDefault(blob, -1) < epoch) {
      Frame copy = take();
      MemorySegment.copy(
          frame.segment,
          frame.base,
          copy.segment,
          copy.base,
          FrameHeader.bump(frame.segment, frame.base));
      poison(frame);
      spare.add(frame);
      blobs.put(blob, copy.index);
      epochs.put(blob, epoch);
      frame = copy;
    }
    return new ExclusiveFrame(frame);
  }

  @Override
  public ExclusiveFrame create(int entryCapacity) {
    long blob = nextBlob++;
    Frame frame = take();
    blobs.put(blob, frame.index);
    epochs.put(blob, epoch);
    ExclusiveFrame exclusive = new ExclusiveFrame(frame);
    exclusive.format(blob, entryCapacity);
    return exclusive;
  }

  @Override
  public void free(long blob) {
    Integer index = blobs.remove(blob);
    epochs.remove(blob);
    if (index == null || blob == root) {
      throw new IllegalStateException("blob " + blob + " cannot be freed");
    }
    poison(places.get(index));
    spare.add(places.get(index));
  }

  @Override
  public ExclusiveFrame scratch() {
    return new ExclusiveFrame(scratch);
  }

  @Override
  public long rootBlob() {
    return root;
  }

  @Override
  public void close() {
    arena.close();
  }

  private Frame take() {
    taken++;
    if (spare.isEmpty()) {
      long bytes = (long) CHUNK_FRAMES * FrameSize.BYTES;
      MemorySegment chunk = arena.allocate(bytes + FrameSize.GUARD_BYTES, 4096);
      for (int i = 0; i < CHUNK_FRAMES; i++) {
        Frame frame = new Frame(chunk, (long) i * FrameSize.BYTES, places.size());
        places.add(frame);
        spare.add(frame);
      }
    }
    return spare.removeFirst();
  }

  private static void poison(Frame frame) {
    frame.segment.asSlice(frame.base, FrameSize.BYTES).fill((byte) 0xEE);
  }
}
