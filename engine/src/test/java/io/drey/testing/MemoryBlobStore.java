package io.drey.testing;

import io.drey.BlobStore;
import io.drey.Tree;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A store in memory that trusts nobody: each call is held against the contract of {@link
 * BlobStore}, and the first breach is kept and thrown from then on. Calls can be made to fail.
 */
public final class MemoryBlobStore implements BlobStore {
  private final TreeMap<Long, byte[]> frames = new TreeMap<>();
  private final TreeMap<Long, Integer> reading = new TreeMap<>();

  /** Ids of all commits, in this life and those before it. */
  private final TreeSet<Long> committed = new TreeSet<>();

  /** Ids of this life, of commits that failed as well. */
  private final TreeSet<Long> tried = new TreeSet<>();

  private final AtomicInteger committing = new AtomicInteger();
  private final List<Integer> commitSizes = new ArrayList<>();
  private byte[] root;
  private boolean rootRead;
  private boolean closed;
  private int reads;
  private AssertionError breach;
  private Supplier<? extends Throwable> commitFailure = () -> null;
  private Supplier<? extends Throwable> readFailure = () -> null;
  private Runnable duringCommit = () -> {};

  /** A new store. */
  public MemoryBlobStore() {}

  /** What a loss of power at this moment leaves, for the next life: the last commit. */
  public synchronized MemoryBlobStore afterPowerLoss() {
    MemoryBlobStore left = new MemoryBlobStore();
    frames.forEach((id, frame) -> left.frames.put(id, frame.clone()));
    left.root = root == null ? null : root.clone();
    left.committed.addAll(committed);
    return left;
  }

  /** From now on commits throw what the supplier gives, unless it gives null. */
  public synchronized void failCommits(Supplier<? extends Throwable> failure) {
    commitFailure = failure;
  }

  /** From now on reads throw what the supplier gives, unless it gives null. */
  public synchronized void failReads(Supplier<? extends Throwable> failure) {
    readFailure = failure;
  }

  /** Runs in every commit, before anything of it is done. */
  public synchronized void duringCommits(Runnable work) {
    duringCommit = work;
  }

  /** The ids of all frames. */
  public synchronized NavigableSet<Long> ids() {
    return new TreeSet<>(frames.keySet());
  }

  /** How many frames each commit stored, in their order. */
  public synchronized List<Integer> commitSizes() {
    return List.copyOf(commitSizes);
  }

  public synchronized int reads() {
    return reads;
  }

  public synchronized boolean isClosed() {
    return closed;
  }

  /** The bytes of the root, which may be changed. */
  public synchronized byte[] rootBytes() {
    return root;
  }

  /** Replaces the root by other bytes. */
  public synchronized void rootBytes(byte[] bytes) {
    root = bytes;
  }

  /** The bytes of a frame, which may be changed. */
  public synchronized byte[] frameBytes(long id) {
    return frames.get(id);
  }

  /** Fails if the contract was ever broken. */
  public synchronized void checkContract() {
    if (breach != null) {
      throw new AssertionError(breach);
    }
  }

  @Override
  public synchronized MemorySegment root() {
    expect(!rootRead && !closed, "the root was read before, or the end has come");
    rootRead = true;
    return root == null ? null : MemorySegment.ofArray(root.clone());
  }

  @Override
  public void read(long id, MemorySegment frame) {
    byte[] bytes;
    synchronized (this) {
      reads++;
      expect(rootRead && !closed, "a read before the root or after the end");
      fail(readFailure.get());
      expect(frame.byteSize() == Tree.pageSize(), "a frame of " + frame.byteSize() + " bytes");
      expect(frame.isNative() && !frame.isReadOnly(), "a frame that cannot be filled");
      bytes = frames.get(id);
      expect(bytes != null, "a read of id " + id + ", which is not in the store");
      reading.merge(id, 1, Integer::sum);
    }
    try {
      frame.copyFrom(MemorySegment.ofArray(bytes));
    } finally {
      synchronized (this) {
        reading.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  @Override
  public void commit(Map<Long, MemorySegment> added, long[] deleted, MemorySegment newRoot) {
    expect(committing.incrementAndGet() == 1, "two commits at once");
    try {
      Runnable work;
      synchronized (this) {
        check(added, deleted, newRoot);
        work = duringCommit;
      }
      work.run();
      synchronized (this) {
        fail(commitFailure.get());
        added.forEach((id, frame) -> frames.put(id, frame.toArray(ValueLayout.JAVA_BYTE)));
        committed.addAll(added.keySet());
        for (long id : deleted) {
          frames.remove(id);
        }
        root = newRoot.toArray(ValueLayout.JAVA_BYTE);
        commitSizes.add(added.size());
      }
    } finally {
      committing.decrementAndGet();
    }
  }

  private void check(Map<Long, MemorySegment> added, long[] deleted, MemorySegment newRoot) {
    expect(rootRead && !closed, "a commit before the root or after the end");
    expect(newRoot.isReadOnly(), "a root that can be changed");
    for (long id : added.keySet()) {
      expect(id > 0 && !committed.contains(id), "id " + id + " was committed before");
      expect(tried.add(id), "id " + id + " was tried before");
    }
    for (MemorySegment frame : added.values()) {
      expect(frame.byteSize() == Tree.pageSize(), "a frame of " + frame.byteSize() + " bytes");
      expect(frame.isNative() && frame.isReadOnly(), "a frame that can be changed");
    }
    TreeSet<Long> gone = new TreeSet<>();
    for (long id : deleted) {
      expect(frames.containsKey(id), "deleted id " + id + " is not in the store");
      expect(!reading.containsKey(id), "deleted id " + id + " is being read");
      expect(gone.add(id), "id " + id + " is deleted twice in " + Arrays.toString(deleted));
    }
  }

  @Override
  public synchronized void close() {
    expect(!closed, "closed twice");
    expect(reading.isEmpty() && committing.get() == 0, "closed while in use");
    closed = true;
  }

  private synchronized void expect(boolean holds, String otherwise) {
    if (!holds && breach == null) {
      breach = new AssertionError(otherwise);
    }
    if (breach != null) {
      throw new IllegalStateException("the contract was broken", breach);
    }
  }

  private static void fail(Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }
}
