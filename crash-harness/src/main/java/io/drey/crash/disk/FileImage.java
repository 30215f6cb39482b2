package io.drey.crash.disk;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.drey.crash.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file at one moment. Immutable: a change gives another image, which shares every
 * page that is the same. Pages nobody wrote are not stored and read as zeros.
 *
 * <p>Equality is that of the {@linkplain #digest digest}: size and bytes.
 */
public final class FileImage {
  /** A file of no bytes. */
  public static final FileImage EMPTY = new FileImage(0, new Group[0]);

  private final long size;

  /** By position; groups and pages that are not there are zeros. Bytes beyond the size are zero. */
  private final @Nullable Group[] groups;

  private @Nullable Digest digest;

  private FileImage(long size, @Nullable Group[] groups) {
    this.size = size;
    this.groups = groups;
  }

  /** Some consecutive pages, so that a change copies few references. */
  private static final class Group {
    static final int PAGES = 64;
    static final long BYTES = (long) PAGES * Page.BYTES;

    final @Nullable Page[] pages;
    private @Nullable Digest digest;

    Group(@Nullable Page[] pages) {
      this.pages = pages;
    }

    /** The sum over the pages of their digests, each bound to its place in the group. */
    Digest digest() {
      Digest known = digest;
      if (known == null) {
        known = Digest.NONE;
        for (int i = 0; i < PAGES; i++) {
          Page page = pages[i];
          if (page != null) {
            known = known.plus(page.digest().then(i));
          }
        }
        digest = known;
      }
      return known;
    }
  }

  public long size() {
    return size;
  }

  /** Stands for size and bytes. */
  public Digest digest() {
    Digest known = digest;
    if (known == null) {
      Digest sum = Digest.NONE;
      for (int i = 0; i < groups.length; i++) {
        Group group = groups[i];
        if (group != null && !group.digest().equals(Digest.NONE)) {
          sum = sum.plus(group.digest().then(i));
        }
      }
      known = sum.then(size);
      digest = known;
    }
    return known;
  }

  /** The image with these bytes at {@code position}, grown if they reach beyond the end. */
  public FileImage write(long position, MemorySegment source) {
    long bytes = source.byteSize();
    if (bytes == 0) {
      return this;
    }
    long end = position + bytes;
    @Nullable Group[] changed = Arrays.copyOf(groups, groupsFor(Math.max(size, end)));
    for (long at = position; at < end; ) {
      int index = Math.toIntExact(at / Group.BYTES);
      long groupEnd = Math.min(end, (index + 1) * Group.BYTES);
      changed[index] =
          overwritten(changed[index], at, source.asSlice(at - position, groupEnd - at));
      at = groupEnd;
    }
    return new FileImage(Math.max(size, end), changed);
  }

  private static Group overwritten(@Nullable Group group, long position, MemorySegment source) {
    @Nullable Page[] pages = group == null ? new @Nullable Page[Group.PAGES] : group.pages.clone();
    long done = 0;
    while (done < source.byteSize()) {
      long at = position + done;
      int index = (int) (at % Group.BYTES / Page.BYTES);
      int from = (int) (at % Page.BYTES);
      int length = (int) Math.min(Page.BYTES - from, source.byteSize() - done);
      Page before = pages[index];
      byte[] content =
          before == null || length == Page.BYTES ? new byte[Page.BYTES] : before.bytes.clone();
      MemorySegment.copy(source, JAVA_BYTE, done, content, from, length);
      pages[index] = Page.of(content);
      done += length;
    }
    return new Group(pages);
  }

  /** The image grown to at least {@code bytes}, by zeros. */
  public FileImage grow(long bytes) {
    return bytes <= size ? this : new FileImage(bytes, Arrays.copyOf(groups, groupsFor(bytes)));
  }

  /** The image cut to at most {@code bytes}. */
  public FileImage truncate(long bytes) {
    if (bytes >= size) {
      return this;
    }
    @Nullable Group[] kept = Arrays.copyOf(groups, groupsFor(bytes));
    Group last = kept.length == 0 ? null : kept[kept.length - 1];
    long lastStart = (kept.length - 1) * Group.BYTES;
    if (last != null && bytes < lastStart + Group.BYTES) {
      @Nullable Page[] pages = new @Nullable Page[Group.PAGES];
      int whole = (int) ((bytes - lastStart) / Page.BYTES);
      System.arraycopy(last.pages, 0, pages, 0, whole);
      int rest = (int) (bytes % Page.BYTES);
      Page cut = last.pages[whole];
      if (cut != null && rest > 0) {
        pages[whole] = Page.of(Arrays.copyOf(Arrays.copyOf(cut.bytes, rest), Page.BYTES));
      }
      kept[kept.length - 1] = new Group(pages);
    }
    return new FileImage(bytes, kept);
  }

  /**
   * Copies bytes from {@code position} on into all of {@code target}.
   *
   * @throws IndexOutOfBoundsException if the file ends before
   */
  public void read(long position, MemorySegment target) {
    if (target.byteSize() > 0 && position + target.byteSize() > size) {
      throw new IndexOutOfBoundsException(position + target.byteSize() + " of " + size + " bytes");
    }
    long end = position + target.byteSize();
    for (long at = position; at < end; ) {
      int from = (int) (at % Page.BYTES);
      int length = (int) Math.min(Page.BYTES - from, end - at);
      Page page = page(at);
      if (page == null) {
        target.asSlice(at - position, length).fill((byte) 0);
      } else {
        MemorySegment.copy(page.bytes, from, target, JAVA_BYTE, at - position, length);
      }
      at += length;
    }
  }

  /** The first position in the range that differs from {@code expected}, or -1. */
  long mismatch(long position, MemorySegment expected) {
    byte[] room = new byte[Page.BYTES];
    long end = position + expected.byteSize();
    for (long at = position; at < end; ) {
      int length = (int) Math.min(Page.BYTES - at % Page.BYTES, end - at);
      MemorySegment found = MemorySegment.ofArray(room).asSlice(0, length);
      read(at, found);
      long differs = found.mismatch(expected.asSlice(at - position, length));
      if (differs >= 0) {
        return at + differs;
      }
      at += length;
    }
    return -1;
  }

  /** Writes all bytes to {@code target}. */
  void writeTo(OutputStream target) throws IOException {
    byte[] zeros = new byte[Page.BYTES];
    for (long at = 0; at < size; at += Page.BYTES) {
      Page page = page(at);
      target.write(page == null ? zeros : page.bytes, 0, (int) Math.min(Page.BYTES, size - at));
    }
  }

  private @Nullable Page page(long position) {
    Group group = groups[Math.toIntExact(position / Group.BYTES)];
    return group == null ? null : group.pages[(int) (position % Group.BYTES / Page.BYTES)];
  }

  private static int groupsFor(long bytes) {
    return Math.toIntExact(Math.ceilDiv(bytes, Group.BYTES));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileImage that && digest().equals(that.digest());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return size + " bytes, " + digest();
  }
}
