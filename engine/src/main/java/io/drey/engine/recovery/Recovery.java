package io.drey.engine.recovery;

import io.drey.Access;
import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.Storage;
import io.drey.TreeConfig;
import io.drey.Violation;
import io.drey.engine.checkpoint.CheckpointParts;
import io.drey.engine.checkpoint.JournalRounds;
import io.drey.engine.event.StoreNumbers;
import io.drey.engine.layout.FrameSize;
import io.drey.engine.log.CountingLog;
import io.drey.engine.log.Health;
import io.drey.engine.log.JournalLog;
import io.drey.engine.mutation.Catalogue;
import io.drey.engine.pool.Captures;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.ImageFile;
import io.drey.engine.pool.ImageStore;
import io.drey.engine.pool.MappedImages;
import io.drey.engine.pool.MappedResidency;
import io.drey.engine.pool.Residency;
import io.drey.engine.store.FrameFile;
import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestHead;
import io.drey.engine.store.ManifestIdentity;
import io.drey.engine.store.ManifestLog;
import io.drey.engine.store.ManifestState;
import io.drey.engine.store.ManifestView;
import io.drey.engine.store.ObservedVfs;
import io.drey.engine.store.StoreDirectory;
import io.drey.journal.Damage;
import io.drey.journal.Journal;
import io.drey.journal.JournalConfig;
import io.drey.journal.JournalScan;
import io.drey.journal.LaterLife;
import io.drey.journal.LogEnd;
import io.drey.journal.SegmentLink;
import io.drey.journal.StoreId;
import io.drey.journal.TailVerdict;
import io.drey.vfs.Caching;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens stores.
 *
 * <p>Opening for writing, in this order: lock; read the manifest and go on in a new manifest file;
 * validate the whole journal behind it; replay it; force the segments that were read; make the
 * first segment of the new life; commit its link, the old log's end and the new incarnation. Only
 * then is anything appended, freed or recycled. A crash in between leaves what was there before.
 */
public final class Recovery {
  static final int LARGEST_BATCH_IN_MEMORY = 8 << 20;

  private final TreeConfig config;
  private final Vfs vfs;
  private final Path directory;
  private final int segmentBytes;
  private final Resources resources = new Resources();
  private final Gate gate = new Gate(StoreNumbers.next());
  private final Health health = new Health(gate.store());
  private final OpeningSteps steps = new OpeningSteps(gate.store());

  private Recovery(TreeConfig config, Vfs vfs, Path directory, int segmentBytes) {
    this.config = config;
    this.vfs = new ObservedVfs(vfs);
    this.directory = directory;
    this.segmentBytes = segmentBytes;
  }

  /** Makes an empty store in memory. */
  public static Recovered inMemory() {
    Gate gate = new Gate(StoreNumbers.next());
    FramePool pool = new FramePool(gate, FramePool.SlotRelease.NONE);
    Resources resources = new Resources();
    resources.add(pool);
    Residency residency = resources.add(new Residency(pool, null, Integer.MAX_VALUE));
    begin(gate, pool);
    return new Recovered(
        gate,
        pool,
        residency,
        new Health(gate.store()),
        new CountingLog(1, LARGEST_BATCH_IN_MEMORY),
        null,
        null,
        resources,
        new Recovered.Findings(0, 0, "in memory"));
  }

  /** Opens the store in a directory; on failure everything is given back. */
  public static Recovered open(TreeConfig config, Vfs vfs, int segmentBytes) throws IOException {
    Path directory =
        switch (config.storage()) {
          case Storage.Direct direct -> direct.directory();
          case Storage.Mapped mapped -> mapped.directory();
          case Storage.Memory memory -> throw new IllegalArgumentException("has no directory");
        };
    Recovery recovery = new Recovery(config, vfs, directory, segmentBytes);
    try {
      return config.access() == Access.READ_ONLY ? recovery.forReading() : recovery.forWriting();
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

  private Recovered forWriting() throws IOException {
    steps.begin("Lock");
    resources.add(StoreDirectory.lockForWriting(vfs, directory));
    steps.begin("Manifest");
    ManifestLog manifest;
    FrameFile file;
    JournalScan scan = null;
    if (StoreDirectory.classify(vfs, directory) == StoreDirectory.Content.NEW) {
      manifest = resources.add(create());
      file = resources.add(FrameFile.open(vfs, directory, FrameSize.BYTES, 0, caching()));
    } else {
      ManifestView view = ManifestLog.read(vfs, directory, FrameSize.BYTES);
      checkLivesLeft(view.state().head(), directory);
      steps.begin("Scan");
      scan = scan(journalConfig(view.state()), view.state().head(), view.commitNumber());
      steps.begin("Data");
      file =
          resources.add(
              FrameFile.open(
                  vfs, directory, FrameSize.BYTES, view.state().slotsNeeded(), caching()));
      // INVARIANT R1: the first write, now that manifest, journal and data agree.
      manifest = resources.add(ManifestLog.resume(vfs, directory, view));
    }
    ManifestState state = manifest.state();
    JournalConfig journalConfig = journalConfig(state);

    Frames frames = frames(file, state, manifest);
    ImageFile images = frames.images();
    FramePool pool = frames.pool();
    Residency residency = frames.residency();
    steps.begin("Replay");
    long records = replay(scan, pool, residency, journalConfig);
    steps.end(records);

    steps.begin("Begin Life");
    Journal journal = resources.add(beginLife(journalConfig, scan, manifest, records));
    steps.end(0);
    CheckpointParts parts =
        new CheckpointParts(
            gate,
            pool,
            residency,
            new Captures(pool, images),
            images,
            new JournalRounds(journal, manifest, config.durability()),
            health);
    return new Recovered(
        gate,
        pool,
        residency,
        health,
        new JournalLog(journal, config.durability(), journalConfig.maxBodyBytes()),
        images,
        parts,
        resources,
        findings(state.head(), scan, records));
  }

  /** A life more would give sequence numbers that do not ascend. */
  static void checkLivesLeft(ManifestHead head, Path store) throws FileSystemException {
    if (head.incarnation() == ManifestHead.INCARNATION_MAX) {
      throw new FileSystemException(
          store.toString(),
          null,
          "opened for writing "
              + ManifestHead.INCARNATION_MAX
              + " times, as often as sequence numbers allow: dump it, and restore into a new"
              + " store");
    }
  }

  private ManifestLog create() throws IOException {
    SecureRandom random = new SecureRandom();
    StoreId id = new StoreId(random.nextLong(), random.nextLong());
    ManifestHead head =
        new ManifestHead(
            0, 0, 0, 0, 0, 1, 0, Catalogue.FIRST_FREE_TREE, SegmentLink.fresh(1), List.of());
    return ManifestLog.create(vfs, directory, ManifestIdentity.of(id, FrameSize.BYTES), head);
  }

  /** Reads and replays, changing no byte on disk. */
  private Recovered forReading() throws IOException {
    steps.begin("Lock");
    resources.add(StoreDirectory.lockForReading(vfs, directory));
    steps.begin("Manifest");
    ManifestView view = ManifestLog.read(vfs, directory, FrameSize.BYTES);
    ManifestState state = view.state();
    JournalConfig journalConfig = journalConfig(state);
    steps.begin("Scan");
    JournalScan scan = scan(journalConfig, state.head(), view.commitNumber());
    steps.begin("Data");
    FrameFile file =
        resources.add(
            FrameFile.openReadOnly(
                vfs, directory, FrameSize.BYTES, state.slotsNeeded(), caching()));
    Frames frames = frames(file, state, null);
    steps.begin("Replay");
    long records = replay(scan, frames.pool(), frames.residency(), journalConfig);
    steps.end(records);
    return new Recovered(
        gate,
        frames.pool(),
        frames.residency(),
        health,
        null,
        frames.images(),
        null,
        resources,
        findings(state.head(), scan, records));
  }

  private JournalConfig journalConfig(ManifestState state) {
    return new JournalConfig(
        vfs, directory, state.identity().storeId(), segmentBytes, gate.store());
  }

  /** The directory's rows are memory too; those of the images at hand come off the pool. */
  static int limitFrames(TreeConfig config, ManifestState state) {
    long[] rows = {0};
    state.forEach(image -> rows[0] += image.rows().memoryBytes());
    long bytes = Math.max(TreeConfig.minimumPoolBytes(), config.poolBytes() - rows[0]);
    return Residency.framesWithin(bytes);
  }

  /** Null = no life of the store has begun yet, so there is no journal. */
  private @Nullable JournalScan scan(JournalConfig journal, ManifestHead head, long manifestNumber)
      throws IOException {
    Path later = LaterLife.find(journal, head.incarnation(), manifestNumber);
    if (later != null) {
      throw new CorruptionException(
          Check.JOURNAL_CHAIN,
          later,
          0,
          Violation.NONE,
          "the segment was written after the manifest's last commit: the manifest has lost its"
              + " end");
    }
    if (head.incarnation() == 0) {
      return null;
    }
    JournalScan scan =
        JournalScan.of(journal, head.logStart(), head.logEnds(), head.forcedMark(), manifestNumber);
    if (scan.verdict() instanceof TailVerdict.Corrupt corrupt) {
      throw new CorruptionException(
          Check.JOURNAL_CHAIN,
          corrupt.file(),
          corrupt.offset(),
          Violation.NONE,
          corrupt.reason().toString());
    }
    return scan;
  }

  /** The images that the manifest names, and the pool of those in memory. */
  private record Frames(ImageFile images, FramePool pool, Residency residency) {}

  /** {@code manifest} is null when the store is open for reads alone. */
  private Frames frames(FrameFile file, ManifestState state, @Nullable ManifestLog manifest)
      throws IOException {
    int limit = limitFrames(config, state);
    if (isMapped()) {
      MappedImages images = resources.add(MappedImages.open(file, state, manifest));
      FramePool pool = resources.add(restore(gate, state, FramePool.mapped(gate, images)));
      return new Frames(
          images, pool, resources.add(new MappedResidency(pool, images, limit, vfs.threads())));
    }
    ImageFile images =
        manifest == null ? ImageFile.readOnly(file, state) : ImageFile.writable(file, manifest);
    FramePool pool = resources.add(restore(gate, state, images));
    return new Frames(
        images, pool, resources.add(new Residency(pool, images, limit, vfs.threads())));
  }

  private boolean isMapped() {
    return config.storage() instanceof Storage.Mapped;
  }

  private Caching caching() {
    return isMapped() ? Caching.BUFFERED : Caching.DIRECT;
  }

  /** A pool with nothing in memory, which knows every blob that the state names. */
  static FramePool restore(Gate gate, ManifestState state, ImageStore images) {
    return restore(gate, state, new FramePool(gate, images));
  }

  private static FramePool restore(Gate gate, ManifestState state, FramePool pool) {
    state.forEach(image -> pool.blobs().restore(image.blob(), image));
    pool.blobs().restored(state.head().nextBlob());
    if (state.head().rootBlob() == 0) {
      begin(gate, pool);
    } else {
      pool.rootBlob(state.head().rootBlob());
    }
    return pool;
  }

  private static void begin(Gate gate, FramePool pool) {
    long stamp = gate.enter();
    try {
      Catalogue.begin(pool);
    } finally {
      gate.leave(stamp);
    }
  }

  private long replay(
      @Nullable JournalScan scan, FramePool pool, Residency residency, JournalConfig journal)
      throws IOException {
    if (scan == null) {
      return 0;
    }
    Replayer replayer = new Replayer(gate, pool, residency, journal);
    scan.replay(replayer);
    return replayer.records();
  }

  /** INVARIANT R2. A log without any record needs no end: the new life's log starts afresh. */
  private Journal beginLife(
      JournalConfig journalConfig, @Nullable JournalScan scan, ManifestLog manifest, long records)
      throws IOException {
    ManifestHead head = manifest.state().head();
    int incarnation = head.incarnation() + 1;
    long highWater = head.seqHighWater();
    long forcedMark = head.forcedMark();
    if (scan != null) {
      // ORDER: what was replayed is on stable storage before anything says where it ends.
      scan.forceSegments();
      highWater = Math.max(highWater, scan.lastSeq());
      forcedMark = Math.max(forcedMark, scan.forcedMark());
    }
    SegmentLink link = SegmentLink.fresh(Journal.nextNumber(journalConfig));
    SegmentLink start = head.logStart();
    List<LogEnd> ends = new ArrayList<>(head.logEnds());
    if (scan == null || records == 0) {
      start = link;
      ends.clear();
    } else {
      ends.add(new LogEnd(scan.end(), link));
    }
    // ORDER: the segment and its name are durable before the manifest names it.
    Journal journal =
        Journal.start(
            journalConfig,
            incarnation,
            link,
            Journal.firstSeq(incarnation),
            manifest.commitNumber());
    boolean committed = false;
    try {
      manifest.commit(
          ManifestChange.ofHead(head.withLife(incarnation, highWater, forcedMark, start, ends)));
      journal.recycleBefore(start.number(), manifest.commitNumber());
      committed = true;
    } finally {
      if (!committed) {
        journal.close();
      }
    }
    return journal;
  }

  private static Recovered.Findings findings(
      ManifestHead head, @Nullable JournalScan scan, long records) {
    long lastSeq = scan == null ? head.seq() : Math.max(head.seq(), scan.lastSeq());
    return new Recovered.Findings(records, lastSeq, scan == null ? "new" : words(scan.verdict()));
  }

  private static String words(TailVerdict verdict) {
    return switch (verdict) {
      case TailVerdict.CleanEnd _ -> "closed";
      case TailVerdict.TornTail torn ->
          torn.reason() == Damage.UNWRITTEN
              ? "ends with the last record"
              : "torn behind the last record: " + torn.reason();
      case TailVerdict.Corrupt corrupt -> "corrupt: " + corrupt.reason();
    };
  }
}
