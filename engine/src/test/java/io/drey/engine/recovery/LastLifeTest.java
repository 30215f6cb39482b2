package io.drey.engine.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.StorageException;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.store.ManifestHead;
import io.drey.engine.store.ManifestIdentity;
import io.drey.engine.store.ManifestLog;
import io.drey.journal.SegmentLink;
import io.drey.journal.StoreId;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that was opened for writing as often as its sequence numbers allow. */
final class LastLifeTest {
  @TempDir Path directory = Path.of("");

  @Test
  void isRefusedWithAReasonAndLeftAsItWas() throws IOException {
    ManifestHead head =
        new ManifestHead(
            ManifestHead.INCARNATION_MAX, 1, 0, 0, 0, 1, 0, 2, new SegmentLink(1, 77), List.of());
    ManifestIdentity identity = ManifestIdentity.of(new StoreId(1, 2), FrameSize.BYTES);
    ManifestLog.create(Vfs.disk(), directory, identity, head).close();
    Path manifest = directory.resolve("manifest-1");
    byte[] before = Files.readAllBytes(manifest);

    StorageException refused =
        assertThrows(StorageException.class, () -> Tree.open(TreeConfig.at(directory)));

    assertTrue(refused.getMessage().contains("dump it"), refused.getMessage());
    assertArrayEquals(before, Files.readAllBytes(manifest));
  }
}
