package io.drey.benchmarks;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The least that shares forces: records copied into a mapped file under one lock, and one thread at
 * a time that forces what is there while the others wait on a condition. No checksum, no header, no
 * order of publication; a full file is forced and begun anew.
 */
final class BareCommits implements CommitTarget {
  private final MappedRegion region;
  private final MemorySegment memory;
  private final byte[] record;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition done = lock.newCondition();

  // Guarded by the lock; positions only grow, the file is begun anew at multiples of its length.
  private long written;
  private long forced;
  private boolean forcing;
  private long forces;

  BareCommits(Path file, int fileBytes, int recordBytes) throws IOException {
    this.record = new byte[recordBytes];
    try (StorageFile opened = Vfs.disk().open(file, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      opened.writeZeros(0, fileBytes);
      opened.force();
      this.region = opened.map(0, fileBytes);
    }
    this.memory = region.segment();
  }

  @Override
  public Committer committer(int thread) {
    return this::commit;
  }

  private void commit() throws IOException {
    lock.lock();
    try {
      long position = append();
      while (forced < position) {
        if (forcing) {
          done.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the position behind the record. */
  private long append() throws IOException {
    while (room() < record.length) {
      if (forcing) {
        done.awaitUninterruptibly();
      } else {
        force(forced, written);
        written += room();
        forced = written;
        done.signalAll();
      }
    }
    long at = written % memory.byteSize();
    MemorySegment.copy(record, 0, memory, ValueLayout.JAVA_BYTE, at, record.length);
    written += record.length;
    return written;
  }

  /** Bytes up to the end of the file. */
  private long room() {
    return memory.byteSize() - written % memory.byteSize();
  }

  /** Forces without the lock. */
  private void lead() throws IOException {
    long from = forced;
    long to = written;
    forcing = true;
    lock.unlock();
    try {
      force(from, to);
    } finally {
      lock.lock();
      forcing = false;
      forced = to;
      forces++;
      done.signalAll();
    }
  }

  private void force(long from, long to) throws IOException {
    long start = from - from % memory.byteSize();
    if (from < to) {
      region.force(from - start, to - start);
    }
  }

  @Override
  public long forces() {
    lock.lock();
    try {
      return forces;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    region.close();
  }
}
