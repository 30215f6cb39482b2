package io.drey.engine.store;

import static io.drey.engine.store.Manifests.DIRECTORY;
import static io.drey.engine.store.Manifests.FRAME;
import static io.drey.engine.store.Manifests.IDENTITY;
import static io.drey.engine.store.Manifests.firstHead;
import static io.drey.engine.store.Manifests.image;
import static io.drey.engine.store.Manifests.step;
import static io.drey.engine.store.Manifests.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.CorruptionException;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ManifestLogTest {
  private Vfs vfs = Vfs.memory();
  private Path directory = DIRECTORY;

  @BeforeEach
  void makeTheDirectory() throws IOException {
    vfs.createDirectory(directory);
  }

  private ManifestLog create() throws IOException {
    return ManifestLog.create(vfs, directory, IDENTITY, firstHead());
  }

  private ManifestLog open() throws IOException {
    return ManifestLog.open(vfs, directory, FRAME);
  }

  @Test
  void readsBackWhatWasCommitted() throws IOException {
    commitNineAndReadBack();
  }

  private void commitNineAndReadBack() throws IOException {
    String written;
    try (ManifestLog log = create()) {
      for (int i = 1; i <= 9; i++) {
        log.commit(step(i));
      }
      written = text(log.state());
      assertEquals(10, log.commitNumber());
    }
    ManifestView view = ManifestLog.read(vfs, directory, FRAME);
    assertEquals(written, text(view.state()));
    assertEquals(10, view.commitNumber());
    assertFalse(view.isTorn());
  }

  @Test
  void readsBackWhatWasCommittedToADisk(@TempDir Path temporary) throws IOException {
    vfs = Vfs.disk();
    directory = temporary.resolve("store");
    vfs.createDirectory(directory);
    commitNineAndReadBack();
    try (ManifestLog log = open()) {
      log.commit(step(10));
    }
    assertEquals(List.of("manifest-2"), vfs.list(directory));
  }

  @Test
  void namesTheSlotsThatACommitReplaced() throws IOException {
    try (ManifestLog log = create()) {
      assertArrayEquals(new long[0], log.commit(step(1)));
      long[] replaced = log.commit(step(2));
      Arrays.sort(replaced);
      assertArrayEquals(new long[] {4, 6}, replaced);
    }
  }

  @Test
  void keepsASlotThatABlobIsCommittedToAgain() throws IOException {
    try (ManifestLog log = create()) {
      log.commit(step(1));
      ManifestHead head = log.state().head();
      var same = new ManifestChange(head, List.of(image(2, 5, 1)), List.of());
      assertArrayEquals(new long[0], log.commit(same));
    }
  }

  @Test
  void goesOnInANewFileAfterEveryOpen() throws IOException {
    create().close();
    try (ManifestLog log = open()) {
      assertEquals(2, log.fileNumber());
      assertEquals(1, log.commitNumber());
    }
    assertEquals(List.of("manifest-2"), vfs.list(directory));
  }

  @Test
  void goesOnInANewFileWhenTheCommitsOutgrowTheSnapshot() throws IOException {
    String written;
    try (ManifestLog log = create()) {
      log.commit(big(1, 2000));
      for (int i = 2; i < 9; i++) {
        log.commit(big(i, 2000));
      }
      assertEquals(2, log.fileNumber());
      assertEquals(9, log.commitNumber());
      written = text(log.state());
    }
    ManifestView view = ManifestLog.read(vfs, directory, FRAME);
    assertEquals(written, text(view.state()));
    assertEquals(List.of("manifest-2"), vfs.list(directory));
  }

  /** A commit of several records: {@code blobs} new images, each time in other slots. */
  private static ManifestChange big(int i, int blobs) {
    List<StoredImage> images = new ArrayList<>();
    for (int blob = 1; blob <= blobs; blob++) {
      images.add(image(blob, (long) i * blobs + blob, i));
    }
    return new ManifestChange(firstHead().withBlobs(blobs + 1, 1), images, List.of());
  }

  @Test
  void keepsItsLengthBoundedThroughManyCommits() throws IOException {
    try (ManifestLog log = create()) {
      for (int i = 1; i < 90; i++) {
        log.commit(big(i, 500));
        assertTrue(log.fileBytes() < ManifestLog.APPENDED_MIN * 2, "after commit " + i);
      }
    }
  }

  @Test
  void refusesAChangeThatCannotFollow() throws IOException {
    try (ManifestLog log = create()) {
      log.commit(step(1));
      String before = text(log.state());
      ManifestHead head = log.state().head();
      List<ManifestChange> impossible =
          List.of(
              new ManifestChange(head, List.of(image(9, 1, 1)), List.of()),
              new ManifestChange(head, List.of(image(1, -1, 1)), List.of()),
              new ManifestChange(head, List.of(image(1, 8, 1), image(1, 9, 1)), List.of()),
              new ManifestChange(head, List.of(image(2, 8, 1)), List.of(2L)),
              new ManifestChange(head, List.of(), List.of(4L)),
              new ManifestChange(head, List.of(), List.of(1L)),
              ManifestChange.ofHead(firstHead()));
      for (ManifestChange change : impossible) {
        assertThrows(IllegalArgumentException.class, () -> log.commit(change));
      }
      assertEquals(before, text(log.state()));
      assertEquals(2, log.commitNumber());
    }
  }

  @Test
  void callsADirectoryWithoutAManifestDamaged() {
    assertThrows(CorruptionException.class, () -> ManifestLog.read(vfs, directory, FRAME));
  }

  @Test
  void changesNothingWhenItIsOnlyRead() throws IOException {
    CrashVfs crash = new CrashVfs(DIRECTORY);
    ManifestLog.create(crash, DIRECTORY, IDENTITY, firstHead()).close();
    int steps = crash.attempts();
    ManifestLog.read(crash, DIRECTORY, FRAME);
    assertEquals(steps, crash.attempts());
  }
}
