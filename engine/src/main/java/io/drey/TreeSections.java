package io.drey;

import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.RangeWalker;
import io.drey.engine.art.Section;
import io.drey.engine.event.ScanOperation;
import io.drey.engine.pool.Pins;
import java.io.IOException;

/**
 * Sections of one view of a tree: each shows one moment. They are copied out optimistically, and
 * after many {@link Restarts} inside the gate, alone.
 */
final class TreeSections implements Sections {
  private final OpenStore store;
  private final View view;
  private final SectionPool pool = new SectionPool();

  TreeSections(OpenStore store, View view) {
    this.store = store;
    this.view = view;
  }

  @Override
  public void fill(RangeRequest request, Section section) {
    ScanOperation event = new ScanOperation();
    event.begin();
    long begun = store.latencies.section.begin();
    fillWhole(request, section);
    store.latencies.section.end(begun);
    event.end();
    if (event.shouldCommit()) {
      event.store = store.gate.store();
      event.entries = section.size();
      event.bytes = section.byteSize();
      event.reverse = request.descending;
      event.commit();
    }
  }

  private void fillWhole(RangeRequest request, Section section) {
    Steps steps = new Steps(store.gate.store(), "scan");
    Pins pins = new Pins();
    try {
      while (isMissingAllOf(request, section)) {
        steps.begin();
        view.load(section.missingBlob(), pins);
        steps.end(Steps.Step.LOAD);
      }
    } catch (IndexOutOfBoundsException e) {
      throw store.damaged(e);
    } catch (IOException e) {
      throw store.failure("scan", e);
    } finally {
      store.residency.release(pins);
      steps.close();
    }
  }

  /** Fills once; whether that ended before its first entry at a blob out of memory. */
  private boolean isMissingAllOf(RangeRequest request, Section section) {
    if (!fillOptimistically(request, section)) {
      fillAlone(request, section);
    }
    return section.size() == 0 && section.end() == Section.End.MISSING;
  }

  private boolean fillOptimistically(RangeRequest request, Section section) {
    for (int met = 0; met < Restarts.MOST; met++) {
      view.checkOpen();
      try {
        RangeWalker.fill(view.frames(), request, section);
        if (section.end() != Section.End.STALE) {
          return true;
        }
      } catch (IndexOutOfBoundsException e) {
        // The frames changed while they were read. If not, the fill inside the gate will tell.
      } catch (IllegalStateException e) {
        view.checkOpen(); // their memory is gone when it is closed
      }
      store.restarts.met(met);
    }
    return false;
  }

  private void fillAlone(RangeRequest request, Section section) {
    long stamp = store.gate.enter();
    try {
      view.checkOpen();
      RangeWalker.fill(view.frames(), request, section);
      if (section.end() == Section.End.STALE) {
        throw new IndexOutOfBoundsException("an edge leads to no blob");
      }
    } finally {
      store.gate.leave(stamp);
    }
  }

  @Override
  public SectionPool pool() {
    return pool;
  }

  @Override
  public void checkOpen() {
    view.checkOpen();
  }
}
