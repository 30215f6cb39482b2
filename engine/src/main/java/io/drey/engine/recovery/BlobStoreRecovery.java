package io.drey.engine.recovery;

import io.drey.Access;
import io.drey.BlobStore;
import io.drey.TreeConfig;
import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.checkpoint.UnloggedRounds;
import io.drey.engine.event.StoreNumbers;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.log.CountingLog;
import io.drey.engine.log.Health;
import io.drey.engine.mutation.Catalogue;
import io.drey.engine.pool.BlobStoreImages;
import io.drey.engine.pool.Captures;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.Residency;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestHead;
import io.drey.engine.store.RootLog;
import io.drey.engine.store.UserStore;
import io.drey.journal.Journal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Opens trees in a user's store.
 *
 * <p>There is no journal, so the last root is all there is. Opening for writing makes one commit:
 * the new incarnation, without which a sequence number might be given twice, and the end of the
 * frames that the last life left spare. A failure leaves what was there before, and the store open.
 */
public final class BlobStoreRecovery {
  private static final Path NAME = Path.of("the blob store");

  private final TreeConfig config;
  private final Gate gate = new Gate(StoreNumbers.next());
  private final Health health = new Health(gate.store());
  private final Resources resources = new Resources();
  private final UserStore store;

  private BlobStoreRecovery(TreeConfig config, BlobStore store) {
    this.config = config;
    this.store = new UserStore(store, health::fail);
  }

  /** Opens the tree in a store; on failure everything but the store is given back. */
  public static Recovered open(TreeConfig config, BlobStore store) throws IOException {
    BlobStoreRecovery recovery = new BlobStoreRecovery(config, store);
    try {
      return recovery.open();
    } catch (IOException | RuntimeException | Error e) {
      recovery.giveBack(e);
      throw e;
    }
  }

  private void giveBack(Throwable failure) {
    try {
      resources.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private Recovered open() throws IOException {
    boolean reading = config.access() == Access.READ_ONLY;
    RootLog found = RootLog.read(store, FrameSize.BYTES);
    if (found == null && reading) {
      throw new FileSystemException(
          NAME.toString(), null, "it is new: there is nothing to open for reading");
    }
    RootLog root =
        found != null ? found : RootLog.begin(store, FrameSize.BYTES, Catalogue.FIRST_FREE_TREE);
    return reading ? forReading(root) : forWriting(root);
  }

  private Recovered forReading(RootLog root) {
    BlobStoreImages images = resources.add(BlobStoreImages.readOnly(store, root));
    FramePool pool = resources.add(Recovery.restore(gate, root.state(), images));
    Residency residency =
        resources.add(new Residency(pool, images, Recovery.limitFrames(config, root.state())));
    return recovered(root, pool, residency, null, images, null);
  }

  private Recovered forWriting(RootLog root) throws IOException {
    ManifestHead before = root.state().head();
    Recovery.checkLivesLeft(before, NAME);
    int limit = Recovery.limitFrames(config, root.state());
    BlobStoreImages images = resources.add(BlobStoreImages.writable(store, root, limit));
    FramePool pool = resources.add(Recovery.restore(gate, root.state(), images));
    Residency residency = resources.add(new Residency(pool, images, limit - images.bufferFrames()));

    int incarnation = before.incarnation() + 1;
    ManifestHead life =
        before.withLife(incarnation, before.seqHighWater(), 0, before.logStart(), before.logEnds());
    // ORDER: the incarnation is durable before it gives out a number.
    images.commit(ManifestChange.ofHead(life));

    CountingLog log =
        new CountingLog(Journal.firstSeq(incarnation), Recovery.LARGEST_BATCH_IN_MEMORY);
    CheckpointParts parts =
        new CheckpointParts(
            gate,
            pool,
            residency,
            new Captures(pool, images),
            images,
            new UnloggedRounds(log, before.logStart()),
            health);
    return recovered(root, pool, residency, log, images, parts);
  }

  private Recovered recovered(
      RootLog root,
      FramePool pool,
      Residency residency,
      @Nullable CountingLog log,
      BlobStoreImages images,
      @Nullable CheckpointParts parts) {
    resources.addLast(store);
    return new Recovered(
        gate,
        pool,
        residency,
        health,
        log,
        images,
        parts,
        resources,
        new Recovered.Findings(0, root.state().head().seq(), "in a blob store"));
  }
}
