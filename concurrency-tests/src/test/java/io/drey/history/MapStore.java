package io.drey.history;

import io.drey.BlobStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user's store in memory. */
final class MapStore implements BlobStore {
  private final Map<Long, byte[]> frames = new HashMap<>();
  private byte @Nullable [] root;

  @Override
  public synchronized @Nullable MemorySegment root() {
    return root == null ? null : MemorySegment.ofArray(root);
  }

  @Override
  public synchronized void read(long id, MemorySegment frame) {
    frame.copyFrom(MemorySegment.ofArray(Objects.requireNonNull(frames.get(id))));
  }

  @Override
  public synchronized void commit(
      Map<Long, MemorySegment> added, long[] deleted, MemorySegment newRoot) {
    added.forEach((id, frame) -> frames.put(id, frame.toArray(ValueLayout.JAVA_BYTE)));
    for (long id : deleted) {
      frames.remove(id);
    }
    root = newRoot.toArray(ValueLayout.JAVA_BYTE);
  }

  /** What it keeps is for the next life. */
  @Override
  public void close() {}
}
