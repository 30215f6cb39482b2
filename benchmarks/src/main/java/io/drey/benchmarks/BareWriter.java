package io.drey.benchmarks;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The least that a change costs a machine: a record copied behind the last one into a mapped file,
 * and a few bytes changed somewhere in memory. No tree, no checksum, no order of publication. A
 * full file is unmapped, forced, and mapped anew. One thread.
 */
final class BareWriter implements AutoCloseable {
  private static final int RECORD_BYTES = 160;
  private static final int FILE_BYTES = 8 << 20;
  private static final long MEMORY_BYTES = 128L << 20;
  private static final int CHANGED_BYTES = 64;

  private final StorageFile file;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory;
  private final byte[] record = new byte[RECORD_BYTES];
  private final SplitMix64 random = new SplitMix64(SplitMix64.SEED + 200);
  private MappedRegion region;
  private long position;

  @SuppressWarnings("MustBeClosedChecker") // Closed with the writer.
  BareWriter(Path file) throws IOException {
    this.memory = arena.allocate(MEMORY_BYTES);
    this.file = Vfs.disk().open(file, OpenMode.CREATE_NEW, Caching.BUFFERED);
    this.file.writeZeros(0, FILE_BYTES);
    this.file.force();
    this.region = this.file.map(0, FILE_BYTES);
  }

  /**
   * Makes so many changes a second, evenly, and spins between them.
   *
   * @return how many it made
   */
  long run(double changesPerSecond, AtomicBoolean done) {
    long start = System.nanoTime();
    long made = 0;
    while (!done.get()) {
      double due = (System.nanoTime() - start) * changesPerSecond / 1e9;
      for (; made < due; made++) {
        change();
      }
      Thread.onSpinWait();
    }
    return made;
  }

  private void change() {
    if (position + RECORD_BYTES > FILE_BYTES) {
      begin();
    }
    MemorySegment.copy(record, 0, region.segment(), ValueLayout.JAVA_BYTE, position, RECORD_BYTES);
    position += RECORD_BYTES;
    long at = (random.next() >>> 1) % (MEMORY_BYTES / CHANGED_BYTES) * CHANGED_BYTES;
    MemorySegment.copy(record, 0, memory, ValueLayout.JAVA_BYTE, at, CHANGED_BYTES);
  }

  private void begin() {
    try {
      region.close();
      file.force();
      region = file.map(0, FILE_BYTES);
      position = 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    region.close();
    file.close();
    arena.close();
  }
}
