package io.drey.engine.art;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Entry;
import io.drey.Violation;
import io.drey.engine.art.PointLookup.Wanted;
import io.drey.engine.frame.EntryRow;
import io.drey.engine.frame.Frame;
import io.drey.engine.frame.LatchedFrame;
import io.drey.engine.frame.RowReader;
import io.drey.engine.layout.FrameHeader;
import io.drey.engine.layout.FrameSize;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A tree over {@link TestFrames} with a model beside it. */
final class TestTree implements AutoCloseable {
  static final long TREE = 0x0102_0304_0506_0708L;

  /** What the port makes ready for a put. */
  private static final int MAX_FRAMES_PER_PUT = 6;

  final TestFrames frames = new TestFrames();
  final Descent descent = new Descent();
  final NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
  long version;

  static byte[] physical(byte[] key) {
    byte[] physical = new byte[FrameSize.TREE_KEY_BYTES + key.length];
    physical[0] = 1;
    for (int i = 0; i < 8; i++) {
      physical[1 + i] = (byte) (TREE >>> (56 - 8 * i));
    }
    System.arraycopy(key, 0, physical, FrameSize.TREE_KEY_BYTES, key.length);
    return physical;
  }

  void put(byte[] key, byte[] value) {
    byte[] physical = physical(key);
    walk(physical);
    int taken = frames.taken;
    Inserter.put(frames, descent, physical, value, ++version);
    assertTrue(frames.taken - taken <= MAX_FRAMES_PER_PUT, "frames: " + (frames.taken - taken));
    model.put(key, value);
  }

  void delete(byte[] key) {
    byte[] physical = physical(key);
    Descent.Outcome outcome = walk(physical);
    assertEquals(model.containsKey(key) ? Descent.Outcome.FOUND : Descent.Outcome.ABSENT, outcome);
    if (outcome == Descent.Outcome.FOUND) {
      Remover.delete(frames, descent, physical);
      model.remove(key);
    }
  }

  private Descent.Outcome walk(byte[] physical) {
    while (true) {
      Descent.Outcome outcome = descent.walk(frames, physical);
      if (outcome != Descent.Outcome.MISSING) {
        return outcome;
      }
      frames.load(descent.missingBlob());
    }
  }

  byte @Nullable [] get(byte[] key) {
    Object read = PointLookup.read(frames, TREE, key, Wanted.VALUE, MemorySegment.NULL);
    while (read instanceof PointLookup.Missing missing) {
      frames.load(missing.blob());
      read = PointLookup.read(frames, TREE, key, Wanted.VALUE, MemorySegment.NULL);
    }
    assertNotSame(PointLookup.RESTART, read);
    return (byte[]) read;
  }

  /** Several walks side by side find what each finds alone, and leave out what is missing. */
  void assertGroupAgrees(byte[][] keys) {
    GroupLookup group = new GroupLookup();
    byte[][] values = new byte[keys.length][];
    for (int from = 0; from < keys.length; from += GroupLookup.KEYS_MAX) {
      int count = Math.min(GroupLookup.KEYS_MAX, keys.length - from);
      int unanswered = group.read(frames, TREE, keys, from, count, values);
      for (int i = 0; i < count; i++) {
        Object alone =
            PointLookup.read(frames, TREE, keys[from + i], Wanted.VALUE, MemorySegment.NULL);
        boolean answered = (unanswered >>> i & 1) == 0;
        assertEquals(alone instanceof PointLookup.Missing, !answered);
        assertArrayEquals(answered ? (byte[]) alone : null, values[from + i]);
      }
    }
  }

  void assertLongestPrefix(byte[] query) {
    int length = query.length;
    while (length >= 0 && !model.containsKey(Arrays.copyOf(query, length))) {
      length--;
    }
    PrefixLookup lookup = new PrefixLookup();
    Object found = lookup.read(frames, TREE, query);
    while (found instanceof PointLookup.Missing missing) {
      frames.load(missing.blob());
      found = lookup.read(frames, TREE, query);
    }
    if (length < 0) {
      assertNull(found);
      return;
    }
    Entry entry = assertInstanceOf(Entry.class, found);
    assertArrayEquals(Arrays.copyOf(query, length), entry.key());
    assertArrayEquals(model.get(entry.key()), entry.value());
  }

  void compact() {
    TreeCompactor compactor = new TreeCompactor();
    for (long step = compactor.step(frames);
        step != TreeCompactor.DONE;
        step = compactor.step(frames)) {
      if (step >= 0) {
        frames.load(step);
      }
    }
  }

  /** The counts of the model and of the tree below {@code prefix} are the same. */
  void assertCounts(byte[] prefix) {
    long records = 0;
    long bytes = 0;
    for (Map.Entry<byte[], byte[]> entry : model.tailMap(prefix).entrySet()) {
      byte[] key = entry.getKey();
      if (!startsWith(key, prefix)) {
        break;
      }
      records++;
      bytes += key.length + entry.getValue().length;
    }
    byte[] physical = physical(prefix);
    PrefixCounter counter = new PrefixCounter();
    while (true) {
      long missing = counter.count(frames, this::row, physical);
      if (missing == PrefixCounter.DONE) {
        break;
      }
      frames.load(missing);
    }
    assertEquals(records, counter.records());
    assertEquals(
        bytes,
        counter.keyBytes() + counter.valueBytes() - FrameSize.TREE_KEY_BYTES * counter.records());
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private EntryRow row(LatchedFrame blob, int entry) {
    return RowReader.row(frames.place(((StillFrame) blob).blob), entry);
  }

  void assertAbsentOrEqual(byte[] key) {
    byte[] expected = model.get(key);
    byte[] actual = get(key);
    assertArrayEquals(expected, actual);
  }

  void assertSound() {
    assertEquals(List.of(), violations());
  }

  List<Violation> violations() {
    TreeCheck check = new TreeCheck(frames);
    for (long blob = check.run(frames); blob != TreeCheck.DONE; blob = check.run(frames)) {
      frames.load(blob);
    }
    List<Violation> found = check.violations();
    if (found.isEmpty()) {
      assertEquals(frames.blobCount(), check.blobs().size(), "every blob is reached");
    }
    return found;
  }

  void assertEqualsModel() {
    frames.loadAll();
    assertSound();
    for (Map.Entry<byte[], byte[]> entry : model.entrySet()) {
      assertArrayEquals(entry.getValue(), get(entry.getKey()));
    }
    long records = 0;
    for (long blob : frames.blobs()) {
      Frame frame = frames.resident(blob);
      if (frame != null) {
        records += FrameHeader.leafCount(frame.segment, frame.base);
      }
    }
    assertEquals(model.size(), records);
  }

  @Override
  public void close() {
    frames.close();
  }
}
