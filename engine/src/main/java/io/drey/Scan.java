package io.drey;

import io.drey.engine.art.RangeRequest;
import io.drey.engine.art.Section;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A range of a tree in key order or against it, described step by step and then read in one of four
 * ways. Immutable: each step returns a new scan, and one scan may be read any number of times, by
 * any number of threads.
 *
 * <p>
 *
 * {@snippet :
 * // One page of a directory: its files and its directories, 1,000 at a time.
 * Scan page = tree.scan(directory).delimiter((byte) '/').limit(1000);
 * for (RangeEntry entry : last == null ? page : page.startAfter(last)) {
 *   switch (entry) {
 *     case RangeEntry.Key(byte[] key, byte[] value, long version) -> file(key, value);
 *     case RangeEntry.CommonPrefix(byte[] prefix) -> directory(prefix);
 *   }
 * }
 * }
 *
 * <p>Entries are copied out in sections, each of which shows one moment. No latch is held while the
 * caller's code runs, and nothing is held between two calls: a scan that is left standing stands in
 * nobody's way. A scan of a live tree may show different moments from section to section.
 *
 * <p>A short scan costs one walk down the tree and then time in proportion to its entries. What
 * rolls up to a common prefix is skipped, not read.
 */
public final class Scan implements Iterable<RangeEntry> {
  private final Sections sections;
  private final RangeRequest request;
  private final byte @Nullable [] startAfter;
  private final long limit;
  private final SectionSizes sizes;

  private Scan(
      Sections sections,
      RangeRequest request,
      byte @Nullable [] startAfter,
      long limit,
      SectionSizes sizes) {
    this.sections = sections;
    this.request = request;
    this.startAfter = startAfter;
    this.limit = limit;
    this.sizes = sizes;
  }

  /** The scan of everything below {@code prefix} in the tree whose physical keys begin so. */
  static Scan of(Sections sections, byte[] tree, byte[] prefix) {
    RangeRequest request = RangeRequest.below(tree, prefix);
    return new Scan(sections, request, null, Long.MAX_VALUE, SectionSizes.USUAL);
  }

  /** Returns the same scan in sections of other sizes. */
  Scan inSectionsOf(SectionSizes other) {
    return new Scan(sections, request, startAfter, limit, other);
  }

  /**
   * Begins strictly beyond {@code key} in the direction of the scan: behind it in key order, or
   * with {@link #reverse} below it. With a prefix, the tighter of the two bounds counts.
   *
   * <p>A common prefix is compared itself, whatever lies below it: it is left out unless it is
   * greater than {@code key}, in reverse unless it is smaller. So a page that starts after the last
   * entry of the page before, key or common prefix, neither repeats nor skips anything, and every
   * entry other than {@code key} itself is shown by exactly one of a scan and its reverse. A second
   * call replaces the first one's key.
   *
   * @param key any byte string, of any length, whether there is such a record or not
   */
  public Scan startAfter(byte[] key) {
    return new Scan(sections, request, key.clone(), limit, sizes);
  }

  /**
   * Rolls up: of the keys that contain {@code delimiter} behind the scan's prefix, all that agree
   * up to and with its first occurrence appear as one {@link RangeEntry.CommonPrefix}, at its place
   * in key order. A key equal to the scan's prefix is a key, not a common prefix. This is how S3's
   * ListObjectsV2 lists.
   *
   * @param delimiter one byte or several; none means that nothing is rolled up
   */
  public Scan delimiter(byte... delimiter) {
    return new Scan(sections, request.rolledUpAt(delimiter), startAfter, limit, sizes);
  }

  /**
   * Turns the scan round: from the greatest key to the smallest, common prefixes at their places
   * among them. Entries are the same and cost the same; a second call turns it round again. With
   * {@code limit(1)} this finds the last entry below a prefix, with {@link #startAfter} the one
   * before a key.
   */
  public Scan reverse() {
    return new Scan(sections, request.reversed(), startAfter, limit, sizes);
  }

  /** Leaves the values out: they are empty arrays, and their bytes are not copied. */
  public Scan keysOnly() {
    return new Scan(sections, request.withoutValues(), startAfter, limit, sizes);
  }

  /**
   * Ends after so many entries, a common prefix counting as one.
   *
   * @throws IllegalArgumentException when {@code entries} is negative
   */
  public Scan limit(long entries) {
    if (entries < 0) {
      throw new IllegalArgumentException("limit must not be negative, is " + entries);
    }
    return new Scan(sections, request, startAfter, entries, sizes);
  }

  /**
   * Shows each entry to {@code visitor}, without an allocation per entry. What the visitor throws
   * ends the visit and reaches the caller.
   *
   * @return how many entries were visited, the one answered with {@link Visit#STOP} included
   * @throws ClosedException when the tree is closed
   * @throws StorageException when a part of the tree could not be read
   * @throws CorruptionException when a part of the tree is damaged
   */
  public long visit(EntryVisitor visitor) {
    Objects.requireNonNull(visitor, "visitor");
    sections.checkOpen();
    SectionPool pool = sections.pool();
    Section section = pool.take();
    try {
      start(section);
      return visit(visitor, section);
    } finally {
      pool.give(section);
    }
  }

  private long visit(EntryVisitor visitor, Section section) {
    long seen = 0;
    int entries = sizes.first();
    while (seen < limit && !section.isExhausted()) {
      section.limit((int) Math.min(limit - seen, entries), sizes.bytes());
      sections.fill(request, section);
      byte[] buffer = section.buffer();
      for (int i = 0, size = section.size(); i < size; i++) {
        seen++;
        Visit answer =
            visitor.entry(
                buffer,
                section.keyOffset(i),
                section.keyLength(i),
                section.valueOffset(i),
                section.valueLength(i),
                section.version(i));
        if (answer == Visit.STOP) {
          return seen;
        }
      }
      entries = sizes.after(entries);
    }
    return seen;
  }

  /** Whether it shows nothing; reads one entry at most. */
  boolean isEmpty() {
    return keysOnly().limit(1).visit(FIRST) == 0;
  }

  private static final EntryVisitor FIRST =
      (buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> Visit.STOP;

  /**
   * Opens a cursor at the first entry.
   *
   * @throws ClosedException when the tree is closed
   */
  public Cursor cursor() {
    sections.checkOpen();
    Section section = new Section();
    start(section);
    return new SectionCursor(sections, request, section, limit, sizes);
  }

  /** Opens a cursor that needs no closing: it holds memory alone. */
  @Override
  public Iterator<RangeEntry> iterator() {
    return cursor();
  }

  /** The entries as a sequential stream over a cursor of its own. It needs no closing. */
  public Stream<RangeEntry> stream() {
    Cursor cursor = cursor();
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cursor, traits), false)
        .onClose(cursor::close);
  }

  private void start(Section section) {
    byte[] after = startAfter;
    if (after == null) {
      section.start(request);
    } else {
      section.startAfter(request, after);
    }
  }
}
