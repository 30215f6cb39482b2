package io.drey.engine.pool;

import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Pages of stored images, for point reads of blobs that are not in memory. They stand in places of
 * the pool; a page leaves by second chance.
 *
 * <p>A page is known by the {@link ImageNumbers number} of its image, so one of an image that is
 * nobody's any more is never found again, and ages out.
 *
 * <p>Thread-safe. The lock is held for copies of some hundred bytes, never over a read of the file:
 * who reads a page in reserves memory for it first, which is his alone until he publishes it.
 */
final class PageCache {
  /** What {@link #key} makes of no page. */
  private static final long FREE = 0;

  private static final long RESERVED = -1;
  private static final int NONE = -1;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition given = lock.newCondition();

  /** By page. Page i stands in the place i / {@link FrameSize#PAGES}. */
  private long[] keys = new long[0];

  private boolean[] used = new boolean[0];
  private MemorySegment[] memory = new MemorySegment[0];

  /** Open addressing by key: page + 1, 0 = empty. At most half full. */
  private int[] table = new int[2];

  private int hand;
  private final List<PooledFrame> held = new ArrayList<>();
  private volatile int places;

  int places() {
    return places;
  }

  /** Adds room for the pages of one frame, in a place that is the cache's from now on. */
  void add(PooledFrame place) {
    lock.lock();
    try {
      held.add(place);
      int before = keys.length;
      int pages = before + FrameSize.PAGES;
      keys = Arrays.copyOf(keys, pages);
      used = Arrays.copyOf(used, pages);
      memory = Arrays.copyOf(memory, pages);
      for (int i = before; i < pages; i++) {
        long base = place.frame.base + (long) (i - before) * FrameSize.PAGE_BYTES;
        memory[i] = place.frame.segment.asSlice(base, FrameSize.PAGE_BYTES);
      }
      hand = before - 1;
      table = new int[2 * Integer.highestOneBit(2 * pages - 1)];
      for (int i = 0; i < before; i++) {
        if (keys[i] != FREE && keys[i] != RESERVED) {
          enter(i);
        }
      }
      places = pages / FrameSize.PAGES;
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives back the place that came last, with the pages in it; null where that is the only one, or
   * a page is just being read into it.
   */
  @Nullable PooledFrame giveUp() {
    lock.lock();
    try {
      int left = keys.length - FrameSize.PAGES;
      if (left <= 0) {
        return null;
      }
      for (int i = left; i < keys.length; i++) {
        if (keys[i] == RESERVED) {
          return null;
        }
      }
      for (int i = left; i < keys.length; i++) {
        if (keys[i] != FREE) {
          leave(i);
        }
      }
      keys = Arrays.copyOf(keys, left);
      used = Arrays.copyOf(used, left);
      memory = Arrays.copyOf(memory, left);
      hand = Math.min(hand, left - 1);
      places = left / FrameSize.PAGES;
      return held.removeLast();
    } finally {
      lock.unlock();
    }
  }

  /** Copies bytes of a page, which count as a use of it; false = the page is not here. */
  boolean copy(long image, int page, int from, int length, MemorySegment target, long at) {
    lock.lock();
    try {
      int found = find(key(image, page));
      if (found == NONE) {
        return false;
      }
      used[found] = true;
      MemorySegment.copy(memory[found], from, target, at, length);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the next reserved page will take the memory of another one. */
  boolean isFull() {
    lock.lock();
    try {
      int next = hand + 1 >= keys.length ? 0 : hand + 1;
      return keys.length == 0 || keys[next] != FREE;
    } finally {
      lock.unlock();
    }
  }

  /** Reserves memory for a page; waits while all of it is reserved. There is a place. */
  int reserve() {
    lock.lock();
    try {
      while (true) {
        for (int step = 0; step < 2 * keys.length; step++) {
          hand = hand + 1 >= keys.length ? 0 : hand + 1;
          if (keys[hand] == RESERVED) {
            continue;
          }
          if (used[hand]) {
            used[hand] = false;
          } else {
            if (keys[hand] != FREE) {
              leave(hand);
            }
            keys[hand] = RESERVED;
            return hand;
          }
        }
        given.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The memory of a reserved page. */
  MemorySegment memory(int reserved) {
    lock.lock();
    try {
      return memory[reserved];
    } finally {
      lock.unlock();
    }
  }

  /** The page reserved is that of an image, read and verified; or nobody's, for number 0. */
  void publish(int reserved, long image, int page) {
    lock.lock();
    try {
      long key = image == 0 ? FREE : key(image, page);
      boolean isNew = key != FREE && find(key) == NONE;
      keys[reserved] = isNew ? key : FREE;
      used[reserved] = false;
      if (isNew) {
        enter(reserved);
      }
      given.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long key(long image, int page) {
    return image * FrameSize.PAGES + page;
  }

  private int bucket(long key) {
    return (int) ((key * 0x9E37_79B9_7F4A_7C15L) >>> 32) & (table.length - 1);
  }

  private int find(long key) {
    int mask = table.length - 1;
    for (int at = bucket(key); table[at] != 0; at = (at + 1) & mask) {
      if (keys[table[at] - 1] == key) {
        return table[at] - 1;
      }
    }
    return NONE;
  }

  private void enter(int page) {
    int mask = table.length - 1;
    int at = bucket(keys[page]);
    while (table[at] != 0) {
      at = (at + 1) & mask;
    }
    table[at] = page + 1;
  }

  /** Takes a page out, and moves those behind it up that would not be found else. */
  private void leave(int page) {
    int mask = table.length - 1;
    int gap = bucket(keys[page]);
    while (table[gap] != page + 1) {
      gap = (gap + 1) & mask;
    }
    table[gap] = 0;
    for (int at = (gap + 1) & mask; table[at] != 0; at = (at + 1) & mask) {
      int home = bucket(keys[table[at] - 1]);
      if (((at - home) & mask) >= ((at - gap) & mask)) {
        table[gap] = table[at];
        table[at] = 0;
        gap = at;
      }
    }
  }
}
