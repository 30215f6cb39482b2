package io.drey;

import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.RangeWalker;
import io.drey.engine.art.Section;
import io.drey.engine.pool.Pins;
import java.io.IOException;

/** Sections of a live tree: each is copied out inside the gate, shared, and shows one moment. */
final class TreeSections implements Sections {
  private final OpenStore store;
  private final SectionPool pool = new SectionPool();

  TreeSections(OpenStore store) {
    this.store = store;
  }

  @Override
  public void fill(RangeRequest request, Section section) {
    Pins pins = new Pins();
    try {
      while (isMissingAllOf(request, section)) {
        store.residency.load(section.missingBlob(), pins);
      }
    } catch (IndexOutOfBoundsException e) {
      throw OpenStore.damaged(e);
    } catch (IOException e) {
      throw store.failure("scan", e);
    } finally {
      store.residency.release(pins);
    }
  }

  /** Fills once; whether that ended before its first entry at a blob out of memory. */
  private boolean isMissingAllOf(RangeRequest request, Section section) {
    long stamp = store.gate.enterShared();
    try {
      store.checkOpen();
      RangeWalker.fill(store.pool, request, section);
      return section.size() == 0 && section.end() == Section.End.MISSING;
    } finally {
      store.gate.leaveShared(stamp);
    }
  }

  @Override
  public SectionPool pool() {
    return pool;
  }

  @Override
  public void checkOpen() {
    store.checkOpen();
  }
}
