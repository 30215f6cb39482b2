package io.drey;

import io.drey.engine.art.Section;

/** Idle sections for visits, as long as they are small. */
final class SectionPool {
  /** A section that grew beyond this is not kept. */
  private static final int BYTES_MAX = 256 << 10;

  private final Spares<Section> sections = new Spares<>(Section::new);

  Section take() {
    return sections.take();
  }

  void give(Section section) {
    if (section.buffer().length <= BYTES_MAX) {
      sections.give(section);
    }
  }
}
