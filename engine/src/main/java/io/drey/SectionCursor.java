package io.drey;

import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.Section;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A cursor over a section of its own, which goes with the cursor. */
final class SectionCursor implements Cursor {
  private final Sections sections;
  private final RangeRequest request;
  private final SectionSizes sizes;

  /** Null when the cursor is closed. */
  private @Nullable Section section;

  /** The next entry of the section. */
  private int next;

  /** Entries of the next section, and entries that the scan's limit leaves for it. */
  private int entries;

  private long left;

  /** Takes over {@code started}, which is at the beginning of the range. */
  SectionCursor(
      Sections sections, RangeRequest request, Section started, long limit, SectionSizes sizes) {
    this.sections = sections;
    this.request = request;
    this.section = started;
    this.left = limit;
    this.sizes = sizes;
    this.entries = sizes.first();
  }

  @Override
  public boolean hasNext() {
    return ready(open());
  }

  @Override
  public RangeEntry next() {
    Section current = open();
    if (!ready(current)) {
      throw new NoSuchElementException("the scan has no more entries");
    }
    int i = next++;
    return current.valueLength(i) == Section.COMMON_PREFIX
        ? new RangeEntry.CommonPrefix(current.key(i))
        : new RangeEntry.Key(current.key(i), current.value(i), current.version(i));
  }

  @Override
  public void close() {
    section = null;
  }

  private Section open() {
    Section current = section;
    if (current == null) {
      throw new ClosedException("cursor");
    }
    sections.checkOpen();
    return current;
  }

  /** Whether {@code next} is an entry of the section, after filling it where that is needed. */
  private boolean ready(Section current) {
    while (next == current.size()) {
      if (left == 0 || current.isExhausted()) {
        return false;
      }
      current.limit((int) Math.min(left, entries), sizes.bytes());
      sections.fill(request, current);
      next = 0;
      left -= current.size();
      entries = sizes.after(entries);
    }
    return true;
  }
}
