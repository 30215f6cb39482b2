package io.drey.engine.store;

import static io.drey.engine.store.Manifests.DIRECTORY;
import static io.drey.engine.store.Manifests.FRAME;
import static io.drey.engine.store.Manifests.IDENTITY;
import static io.drey.engine.store.Manifests.firstHead;
import static io.drey.engine.store.Manifests.step;
import static io.drey.engine.store.Manifests.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.FormatException;
import io.drey.StorageException;
import io.drey.journal.StoreId;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bytes that are not what was written: a typed error, or an older commit that says it is older. */
final class ManifestDamageTest {
  private static final String FILE = "manifest-1";

  private final CrashVfs vfs = new CrashVfs(DIRECTORY);
  private final List<String> states = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private byte[] sound = {};

  @BeforeEach
  void writeFiveCommits() throws IOException {
    try (ManifestLog log = ManifestLog.create(vfs, DIRECTORY, IDENTITY, firstHead())) {
      note(log);
      for (int i = 1; i <= 5; i++) {
        log.commit(step(i));
        note(log);
      }
    }
    sound = vfs.content(FILE);
  }

  private void note(ManifestLog log) {
    states.add(text(log.state()));
    ends.add((int) log.fileBytes());
  }

  private ManifestView read(byte[] content) throws IOException {
    vfs.replace(FILE, content);
    return ManifestLog.read(vfs, DIRECTORY, FRAME);
  }

  private byte[] flipped(int at, int mask) {
    byte[] content = sound.clone();
    content[at] ^= (byte) mask;
    return content;
  }

  @Test
  void aFlippedByteBeforeTheLastCommitIsCorruptionAtItsRecord() {
    int lastStart = ends.get(4);
    for (int at = 0; at < lastStart; at++) {
      for (int mask : new int[] {0x01, 0x80, 0xFF}) {
        byte[] content = flipped(at, mask);
        CorruptionException error =
            assertThrows(CorruptionException.class, () -> read(content), "flip at " + at);
        assertEquals(DIRECTORY.resolve(FILE), error.file());
        assertTrue(error.offset() <= at, error.offset() + " for a flip at " + at);
      }
    }
  }

  @Test
  void aFlippedByteInTheLastCommitGivesTheOneBeforeAndItsNumber() throws IOException {
    for (int at = ends.get(4); at < sound.length; at++) {
      ManifestView view = read(flipped(at, 0x10));
      assertEquals(states.get(4), text(view.state()), "flip at " + at);
      assertEquals(5, view.commitNumber());
      assertTrue(view.isTorn());
    }
  }

  @Test
  void aShortenedFileIsCorruptOrEndsAtACommitAndItsNumber() throws IOException {
    for (int length = 0; length < sound.length; length++) {
      byte[] content = Arrays.copyOf(sound, length);
      if (length < ends.getFirst()) {
        assertThrows(CorruptionException.class, () -> read(content), "length " + length);
      } else {
        ManifestView view = read(content);
        int commits = (int) view.commitNumber() - 1;
        assertEquals(states.get(commits), text(view.state()), "length " + length);
        assertTrue(ends.get(commits) <= length && length < ends.get(commits + 1));
      }
    }
  }

  @Test
  void bytesBehindTheLastCommitAreNotRead() throws IOException {
    for (int more : new int[] {1, 8, 47, 48, 512, 100_000}) {
      byte[] longer = Arrays.copyOf(sound, sound.length + more);
      assertEquals(states.getLast(), text(read(longer).state()));
      Arrays.fill(longer, sound.length, longer.length, (byte) 0x5A);
      assertEquals(states.getLast(), text(read(longer).state()));
    }
  }

  @Test
  void aCommitRepeatedAtAnotherPlaceIsNone() throws IOException {
    int length = ends.get(5) - ends.get(4);
    byte[] longer = Arrays.copyOf(sound, sound.length + length);
    System.arraycopy(sound, ends.get(4), longer, sound.length, length);
    ManifestView view = read(longer);
    assertEquals(states.getLast(), text(view.state()));
    assertTrue(view.isTorn());
  }

  @Test
  void aZeroedSectorBeforeTheLastCommitIsCorruption() {
    for (int from = 0; from + 512 <= ends.get(4); from += 64) {
      byte[] content = sound.clone();
      Arrays.fill(content, from, from + 512, (byte) 0);
      assertThrows(CorruptionException.class, () -> read(content), "zeros at " + from);
    }
  }

  @Test
  void theManifestOfAnotherFormatVersionIsRefusedAsThat() {
    int next = ManifestIdentity.FORMAT_VERSION + 1;
    ManifestIdentity newer = new ManifestIdentity(IDENTITY.storeId(), next, FRAME);
    byte[] content = withHeader(newer, 1);
    FormatException error = assertThrows(FormatException.class, () -> read(content));
    assertEquals(next, error.found());
    assertEquals(next - 1, error.expected());
  }

  @Test
  void theManifestOfOtherFramesIsRefusedAsThat() {
    byte[] content = withHeader(ManifestIdentity.of(IDENTITY.storeId(), 524_288), 1);
    StorageException error = assertThrows(StorageException.class, () -> read(content));
    assertTrue(String.valueOf(error.getMessage()).contains("524288"));
  }

  @Test
  void aHeaderOfAnotherStoreOrFileBelongsToNoneOfTheRecords() {
    byte[] other = withHeader(ManifestIdentity.of(new StoreId(1, 2), FRAME), 1);
    assertThrows(CorruptionException.class, () -> read(other));
    byte[] misnamed = withHeader(IDENTITY, 2);
    assertThrows(CorruptionException.class, () -> read(misnamed));
  }

  @Test
  void aForeignFileOfThatNameIsNoManifest() {
    byte[] text = "#!/bin/sh\n".repeat(30).getBytes(StandardCharsets.UTF_8);
    CorruptionException error = assertThrows(CorruptionException.class, () -> read(text));
    assertEquals(Check.MANIFEST_RECORD, error.check());
    assertEquals(0, error.offset());
  }

  private byte[] withHeader(ManifestIdentity identity, long fileNumber) {
    byte[] content = sound.clone();
    byte[] header =
        ManifestFileHeader.encode(identity, fileNumber, 1).toArray(ValueLayout.JAVA_BYTE);
    System.arraycopy(header, 0, content, 0, header.length);
    return content;
  }

  @Test
  void aDamagedNewestFileIsNotReplacedByAnOlderOne() throws IOException {
    ManifestLog.open(vfs, DIRECTORY, FRAME).close();
    byte[] newest = vfs.content("manifest-2").clone();
    newest[ManifestFileHeader.SIZE + 60] ^= 1;
    vfs.replace("manifest-2", newest);
    addFile(FILE, sound);
    assertThrows(CorruptionException.class, () -> ManifestLog.read(vfs, DIRECTORY, FRAME));
  }

  @Test
  void anOlderFileCountsForNothingWhateverItHolds() throws IOException {
    ManifestLog.open(vfs, DIRECTORY, FRAME).close();
    addFile(FILE, flipped(100, 1));
    ManifestView view = ManifestLog.read(vfs, DIRECTORY, FRAME);
    assertEquals(2, view.fileNumber());
    assertEquals(states.getLast(), text(view.state()));
    assertFalse(view.isTorn());
  }

  private void addFile(String name, byte[] content) throws IOException {
    vfs.open(DIRECTORY.resolve(name), OpenMode.CREATE_NEW, Caching.BUFFERED).close();
    vfs.replace(name, content);
  }

  @Test
  void twoBlobsInOneSlotAreCorruption() throws IOException {
    try (ManifestLog log = ManifestLog.open(vfs, DIRECTORY, FRAME)) {
      StoredImage first = log.state().images().getFirst();
      StoredImage second = Manifests.image(log.state().images().getLast().blob(), first.slot(), 9);
      log.commit(new ManifestChange(log.state().head(), List.of(second), List.of()));
    }
    CorruptionException error =
        assertThrows(CorruptionException.class, () -> ManifestLog.read(vfs, DIRECTORY, FRAME));
    assertEquals(Check.SLOT_MAP, error.check());
  }
}
