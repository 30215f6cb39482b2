package io.drey;

import io.drey.engine.art.Section;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few idle sections, so that visits do not allocate their buffers anew. A borrowed section
 * belongs to its borrower alone; one that does not come back is left to the garbage collector.
 */
final class SectionPool {
  /** A power of two; threads are spread over the places by their number. */
  private static final int PLACES = 8;

  /** A section that grew beyond this is not kept. */
  private static final int BYTES_MAX = 256 << 10;

  private final AtomicReferenceArray<Section> idle = new AtomicReferenceArray<>(PLACES);

  Section take() {
    Section section = idle.getAndSet(place(), null);
    return section == null ? new Section() : section;
  }

  void give(Section section) {
    if (section.buffer().length <= BYTES_MAX) {
      idle.setRelease(place(), section);
    }
  }

  private static int place() {
    return (int) Thread.currentThread().threadId() & (PLACES - 1);
  }
}
