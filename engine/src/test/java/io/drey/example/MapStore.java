package io.drey.example;

import io.drey.BlobStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;

/** The store that the javadoc of {@link BlobStore} shows. */
final class MapStore implements BlobStore {
  private final Map<Long, byte[]> frames = new HashMap<>();
  private byte[] root;

  @Override
  public synchronized MemorySegment root() {
    return root == null ? null : MemorySegment.ofArray(root);
  }

  @Override
  public synchronized void read(long id, MemorySegment frame) {
    frame.copyFrom(MemorySegment.ofArray(frames.get(id)));
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

  @Override
  public void close() {}
}
