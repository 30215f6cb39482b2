package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.FormatException;
import io.drey.Violation;
import io.drey.journal.LogEnd;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one manifest file from its first byte to the end of its last complete commit. Changes
 * nothing.
 *
 * <p>What an invalid or missing record means, by where it lies:
 *
 * <pre>
 *  where                                             verdict
 *  in the snapshot                                   corruption (M2: it was forced before it got its name)
 *  in a commit, a valid record of a later group      corruption (M3: the later one was appended
 *    anywhere behind it                                only after this one was forced)
 *  in a commit, nothing of a later group behind it   torn: the append was under way; the file ends
 *                                                      before the commit
 * </pre>
 *
 * <p>The last row covers damage to the very last commit as well: from the manifest alone it looks
 * like an append cut short, and a file that lost whole commits at its end looks like an older one.
 * Recovery therefore compares {@link ManifestView#commitNumber} with the number that the headers of
 * the journal's segments name.
 */
final class ManifestReader {
  private static final int WINDOW = 4 * RecordHeader.LONGEST;

  private final StorageFile file;
  private final Path path;
  private final long fileNumber;
  private final int frameBytes;
  private final long size;

  private byte[] bytes = new byte[0];
  private MemorySegment window = MemorySegment.ofArray(bytes);
  private long windowStart;

  private ManifestReader(StorageFile file, long fileNumber, int frameBytes) throws IOException {
    this.file = file;
    this.path = file.path();
    this.fileNumber = fileNumber;
    this.frameBytes = frameBytes;
    this.size = file.size();
  }

  static ManifestView read(StorageFile file, long fileNumber, int frameBytes) throws IOException {
    return new ManifestReader(file, fileNumber, frameBytes).read();
  }

  private ManifestView read() throws IOException {
    if (size < ManifestFileHeader.SIZE) {
      throw corrupt(Check.FILE_LENGTH, size, "the file ends in its header");
    }
    MemorySegment header = window(0, ManifestFileHeader.SIZE).asSlice(0, ManifestFileHeader.SIZE);
    ManifestIdentity identity = identity(header);
    long base = ManifestFileHeader.baseCommit(header);
    Group snapshot = group(identity, ManifestFileHeader.SIZE, null);
    if (snapshot.damage != null) {
      throw corrupt(Check.MANIFEST_RECORD, snapshot.end, "in the snapshot: " + snapshot.damage);
    }
    if (snapshot.commit != base) {
      throw corrupt(
          Check.MANIFEST_RECORD,
          ManifestFileHeader.SIZE,
          "snapshot of commit " + snapshot.commit + " where the header names " + base);
    }
    ManifestState state = new ManifestState(identity, snapshot.head());
    take(state, snapshot, ManifestFileHeader.SIZE);
    long end = snapshot.end;
    long commit = base;
    while (end < size) {
      Group next = group(identity, end, commit);
      if (next.damage != null) {
        if (laterGroupBehind(identity, end)) {
          throw corrupt(Check.MANIFEST_RECORD, next.end, next.damage + ", later commits follow");
        }
        break;
      }
      take(state, next, end);
      commit = next.commit;
      end = next.end;
    }
    checkSlots(state);
    return new ManifestView(state, commit, fileNumber, snapshot.end, end, size);
  }

  private ManifestIdentity identity(MemorySegment header) {
    if (ManifestFileHeader.magic(header) != ManifestFileHeader.MAGIC_VALUE) {
      throw corrupt(
          Check.MANIFEST_RECORD, 0, "it does not begin with DREYMANI: not a manifest of Drey");
    }
    if (!ManifestFileHeader.isIntact(header)) {
      throw corrupt(Check.MANIFEST_RECORD, 0, "the header does not match its checksum");
    }
    ManifestIdentity identity = ManifestFileHeader.identity(header);
    if (identity.formatVersion() != ManifestIdentity.FORMAT_VERSION) {
      throw new FormatException(path, identity.formatVersion(), ManifestIdentity.FORMAT_VERSION);
    }
    if (identity.frameBytes() != frameBytes) {
      throw Refusals.frameSize(path, identity.frameBytes(), frameBytes);
    }
    long number = ManifestFileHeader.fileNumber(header);
    if (number != fileNumber) {
      throw corrupt(Check.MANIFEST_RECORD, 0, "it was written as manifest-" + number);
    }
    return identity;
  }

  private void take(ManifestState state, Group group, long start) {
    String wrong = state.objection(group.change());
    if (wrong != null) {
      throw corrupt(
          Check.MANIFEST_RECORD, start, "commit " + group.commit + " is impossible: " + wrong);
    }
    state.apply(group.change());
  }

  private void checkSlots(ManifestState state) {
    long[] slots = state.slots();
    Arrays.sort(slots);
    for (int i = 1; i < slots.length; i++) {
      if (slots[i] == slots[i - 1]) {
        throw corrupt(Check.SLOT_MAP, Violation.NONE, "two blobs in slot " + slots[i]);
      }
    }
  }

  /** The records of one snapshot or commit, or how far they go. */
  private static final class Group {
    final List<StoredImage> images = new ArrayList<>();
    final List<Long> removed = new ArrayList<>();
    long commit;
    @Nullable ManifestHead head;

    /** What is wrong at {@link #end}; null = the group is complete and ends there. */
    @Nullable String damage;

    long end;

    ManifestHead head() {
      if (head == null) {
        throw new IllegalStateException("an incomplete group");
      }
      return head;
    }

    ManifestChange change() {
      return new ManifestChange(head(), images, removed);
    }
  }

  /** Reads the group that starts at {@code start}; {@code before} is null for the snapshot. */
  private Group group(ManifestIdentity identity, long start, @Nullable Long before)
      throws IOException {
    Group group = new Group();
    group.end = start;
    byte kind = before == null ? RecordHeader.KIND_SNAPSHOT : RecordHeader.KIND_COMMIT;
    for (int part = 0; group.head == null; part++) {
      long position = group.end;
      if (!isRecord(identity, position)) {
        group.damage = position < size ? "no valid record" : "the file ends in a commit";
        return group;
      }
      long record = position - windowStart;
      int length = RecordHeader.length(window, record);
      long commit = RecordHeader.commit(window, record);
      if (RecordHeader.group(window, record) != start
          || RecordHeader.part(window, record) != part
          || RecordHeader.kind(window, record) != kind
          || (part > 0 && commit != group.commit)
          || (before != null && commit <= before)) {
        throw corrupt(
            Check.MANIFEST_RECORD, position, "a record out of order, of commit " + commit);
      }
      group.commit = commit;
      decode(group, window.asSlice(record, length), position);
      group.end = position + length;
    }
    return group;
  }

  private void decode(Group group, MemorySegment record, long position) {
    try {
      long at = RecordHeader.SIZE;
      for (int i = RecordHeader.images(record, 0); i > 0; i--) {
        long blob = ImageLayout.blob(record, at);
        int entries = ImageLayout.entries(record, at);
        var rows = RowsLayout.get(record, at + ImageLayout.SIZE, blob, entries);
        StoredImage image = ImageLayout.get(record, at, rows);
        group.images.add(image);
        at += RecordWriter.size(image);
      }
      for (int i = RecordHeader.removed(record, 0); i > 0; i--) {
        group.removed.add(record.get(U64, at));
        at += Long.BYTES;
      }
      if (RecordHeader.isLast(record, 0)) {
        long head = at;
        at += HeadLayout.SIZE;
        List<LogEnd> ends = new ArrayList<>();
        for (int i = RecordHeader.logEnds(record, 0); i > 0; i--) {
          ends.add(LogEndLayout.get(record, at));
          at += LogEndLayout.SIZE;
        }
        group.head = HeadLayout.get(record, head, ends);
      }
      if (at != record.byteSize()) {
        throw corrupt(Check.MANIFEST_RECORD, position, "a record longer than what it holds");
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw corrupt(
          Check.MANIFEST_RECORD, position, "a record with impossible content: " + e.getMessage());
    }
  }

  /**
   * Whether a valid record of a group that starts behind {@code torn} lies anywhere in the file.
   * Looked for at every place where a record may start.
   */
  private boolean laterGroupBehind(ManifestIdentity identity, long torn) throws IOException {
    for (long position = torn + RecordHeader.ALIGNMENT;
        position + RecordHeader.SIZE <= size;
        position += RecordHeader.ALIGNMENT) {
      MemorySegment bytesHere = window(position, RecordHeader.SIZE);
      if (RecordHeader.group(bytesHere, position - windowStart) > torn
          && isRecord(identity, position)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a record lies here whose checksum is right; then all of it is in the window. */
  private boolean isRecord(ManifestIdentity identity, long position) throws IOException {
    if (size - position < RecordHeader.SIZE) {
      return false;
    }
    window(position, RecordHeader.SIZE);
    if (!RecordHeader.isPlausible(window, position - windowStart, position, size - position)) {
      return false;
    }
    int length = RecordHeader.length(window, position - windowStart);
    window(position, length);
    int record = (int) (position - windowStart);
    byte[] salt = RecordHeader.salt(identity.storeId(), fileNumber, position);
    return window.get(U32, record + RecordHeader.CHECKSUM)
        == RecordHeader.checksum(bytes, record, length, salt);
  }

  /** A window of the file that holds {@code length} bytes from {@code position} on. */
  private MemorySegment window(long position, int length) throws IOException {
    if (position < windowStart || position + length > windowStart + bytes.length) {
      int want = (int) Math.min(WINDOW, size - position);
      byte[] fresh = new byte[want];
      MemorySegment target = MemorySegment.ofArray(fresh);
      int got = file.read(position, target);
      if (got < want) {
        throw corrupt(Check.FILE_LENGTH, position + got, "the file ended while it was read");
      }
      bytes = fresh;
      window = target;
      windowStart = position;
    }
    return window;
  }

  private CorruptionException corrupt(Check check, long offset, String detail) {
    return new CorruptionException(check, path, offset, Violation.NONE, detail);
  }
}
