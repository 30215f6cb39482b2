package io.drey.crash.disk;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A file as the processes of the simulated machine see it. Used under the lock of its disk.
 *
 * <p>The image holds every byte that was written or told by {@code dirty}; a region of the file may
 * be ahead of it by what was stored since.
 */
final class LiveFile {
  final Inode inode;
  final List<SimulatedRegion> regions = new ArrayList<>();
  FileImage image;

  LiveFile(Inode inode, FileImage image) {
    this.inode = inode;
    this.image = image;
  }

  int read(long position, MemorySegment target) {
    long bytes = Math.clamp(image.size() - position, 0, target.byteSize());
    image.read(position, target.asSlice(0, bytes));
    for (SimulatedRegion region : regions) {
      long from = Math.max(position, region.start());
      long length = Math.min(position + bytes, region.end()) - from;
      if (length > 0) {
        MemorySegment.copy(region.memory(), from - region.start(), target, from - position, length);
      }
    }
    return (int) bytes;
  }

  void write(long position, MemorySegment source) {
    image = image.write(position, source);
    for (SimulatedRegion region : regions) {
      long from = Math.max(position, region.start());
      long length = Math.min(position + source.byteSize(), region.end()) - from;
      if (length > 0) {
        MemorySegment.copy(source, from - position, region.memory(), from - region.start(), length);
      }
    }
  }
}
