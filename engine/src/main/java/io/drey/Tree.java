package io.drey;

import io.drey.engine.mutation.Catalogue;
import io.drey.vfs.Vfs;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One ordered map from keys to values, in memory, in a directory, or in a user's own storage.
 *
 * <p>Keys are byte strings of 0 to 65,535 bytes in unsigned order, typically paths; values are byte
 * strings of 0 to 65,535 bytes. (With test frames of 8 KiB both limits are 1,023 bytes.) Arrays
 * that come in are never kept and never changed, arrays that go out belong to the caller. Null is
 * refused with a {@link NullPointerException}.
 *
 * <p>Any number of threads, platform or virtual, may use a tree. Point reads and each step of a
 * scan see one moment; a batch is seen whole or not at all. A change is visible to every thread
 * when its call returns, and as durable as {@link TreeConfig#durability()} says; under {@link
 * Durability#SYNC} other threads may see it before. Interrupting a thread inside any method harms
 * nobody: the call completes and the flag stays set.
 *
 * <p>Point operations cost time proportional to the key's length, plus one read of a 512 KiB frame
 * for each that is not in the pool. After {@link #close} every method but {@code close} and {@link
 * #config} throws {@link ClosedException}.
 *
 * <p>The structure is the adaptive radix tree of V. Leis, A. Kemper, T. Neumann, "The Adaptive
 * Radix Tree: ARTful Indexing for Main-Memory Databases" (ICDE 2013), with whole inline prefixes,
 * packed in frames.
 */
public final class Tree implements AutoCloseable {
  private final OpenStore store;
  private final long id;
  private final byte[] physicalPrefix;
  private final TreeSections sections;
  private final Reads reads;
  private final PrefixReads prefixReads;
  private final Writes writes;

  private Tree(OpenStore store, long id) {
    this.store = store;
    this.id = id;
    this.physicalPrefix = TreeKeys.physical(id, new byte[0]);
    View view = View.live(store);
    this.sections = new TreeSections(store, view);
    this.reads = new Reads(store, view, id);
    this.prefixReads = new PrefixReads(store, view, id);
    this.writes = new Writes(store);
  }

  /**
   * Opens a tree. A directory that is empty or missing becomes a new store if its parent exists and
   * the access is {@link Access#READ_WRITE}. After a crash the journal is replayed first.
   *
   * <p>Reading-and-writing holds the directory's lock until {@link #close}; any number of read-only
   * opens share it, and change no byte on disk.
   *
   * @throws LockedException if the store is open elsewhere, in this process or another
   * @throws FormatException if another version of Drey made it
   * @throws CorruptionException if its files are damaged; nothing was changed
   * @throws StorageException if the directory cannot be used, with the reason; nothing was changed
   * @throws IllegalArgumentException for a read-only tree in memory, which could never hold
   *     anything
   */
  public static Tree open(TreeConfig config) {
    return new Tree(Stores.open(config), Catalogue.DEFAULT_TREE);
  }

  /**
   * Opens a tree in a user's own storage, new or used before. There is no journal: durability is
   * the store's. A change is acknowledged when it is in memory, whatever {@link
   * TreeConfig#durability()} says, and is durable when the next {@link #checkpoint} or {@link
   * #close} has returned; one in the background, by the {@link CheckpointPolicy}, does the same. A
   * crash in between leaves the state of the last of them. Nor is {@link TreeConfig#storage()}
   * used: {@link TreeConfig#memory()} will do, read-only as well.
   *
   * <p>A commit is made by opening, unless it is {@link Access#READ_ONLY}, by every checkpoint with
   * changes, and when changed frames must leave the pool between checkpoints. So that several share
   * a commit, at least 4 and at most 64 frames of the pool, an eighth of it, hold those on their
   * way.
   *
   * <p>From now on the store is the tree's, which closes it when it is closed. Where this method
   * throws, the store is the caller's, and open.
   *
   * @throws FormatException if another version of Drey made it
   * @throws CorruptionException if its root is damaged; nothing was changed
   * @throws StorageException if the store threw, or is new and to be read only; nothing was changed
   */
  public static Tree open(TreeConfig config, BlobStore store) {
    Objects.requireNonNull(config, "config");
    Objects.requireNonNull(store, "store");
    return new Tree(Stores.open(config, store), Catalogue.DEFAULT_TREE);
  }

  /** Opens a tree in another file system, with journal segments of another size. */
  static Tree open(TreeConfig config, Vfs vfs, int segmentBytes) {
    return new Tree(Stores.open(config, vfs, segmentBytes), Catalogue.DEFAULT_TREE);
  }

  /** Bytes of a frame: 524,288. */
  public static int pageSize() {
    return Limits.FRAME_BYTES;
  }

  /**
   * Returns a copy of the value of {@code key}, or null if it is absent. A key over the limit is
   * absent. Allocates nothing but the result when the blobs on its path are in the pool.
   *
   * @throws CorruptionException if an image on the way does not read back as it was written
   * @throws StorageException if it cannot be read
   */
  public byte @Nullable [] get(byte[] key) {
    return reads.value(Objects.requireNonNull(key, "key"));
  }

  /**
   * Copies the value of {@code key} to the beginning of {@code target} and returns its size, or -1
   * if the key is absent. Nothing is copied to a target that is too small, and the size is returned
   * as well: a result greater than {@code target.byteSize()} says how much room is needed.
   * Allocates no array when the blobs on the key's path are in the pool, only a box for a size over
   * 127.
   *
   * <p>The target is checked first, whether the key is there or not. It may lie in native memory or
   * on the heap, and must stay accessible during the call; of its bytes only the value's are
   * written. They mean something only when the call returns a size that fits: otherwise a change at
   * the same moment may have left bytes of an earlier value there.
   *
   * @throws IllegalArgumentException if {@code target} is read-only
   * @throws IllegalStateException if its arena is closed, before the call or during it
   * @throws WrongThreadException if it is confined to another thread
   * @throws CorruptionException if an image on the way does not read back as it was written
   * @throws StorageException if it cannot be read
   */
  public int get(byte[] key, MemorySegment target) {
    Objects.requireNonNull(key, "key");
    Targets.check(Objects.requireNonNull(target, "target"));
    return reads.copy(key, target);
  }

  /**
   * Returns copies of the values of several keys in the order of the keys, null where one is
   * absent. Says what as many calls of {@link #get(byte[])} say, each at a moment of its own, and
   * takes less time: the walks go side by side and wait for memory together.
   *
   * @param keys any number of keys, each of them any number of times; a null among them is refused
   *     before anything is read
   * @throws CorruptionException if an image on the way does not read back as it was written
   * @throws StorageException if it cannot be read
   */
  public byte[] @Nullable [] getAll(byte[]... keys) {
    for (byte[] key : keys) {
      Objects.requireNonNull(key, "key");
    }
    return reads.values(keys);
  }

  /** Returns key, value and version of the record, or null if {@code key} is absent. */
  public @Nullable Entry getEntry(byte[] key) {
    return reads.entry(Objects.requireNonNull(key, "key"));
  }

  /** Whether there is a record of {@code key}. */
  public boolean contains(byte[] key) {
    return reads.contains(Objects.requireNonNull(key, "key"));
  }

  /**
   * Returns the record with the longest key that is a prefix of {@code query}, or null if there is
   * none. {@code query} itself counts, and so does the empty key. One walk down, as for {@link
   * #get(byte[])}.
   *
   * @param query any byte string, longer than the limit for keys as well
   * @throws CorruptionException if an image on the way does not read back as it was written
   * @throws StorageException if it cannot be read
   */
  public @Nullable Entry longestPrefix(byte[] query) {
    return prefixReads.longestPrefix(Objects.requireNonNull(query, "query"));
  }

  /**
   * Lets {@code key} hold {@code value} under a new version, and returns the value it held before,
   * or null if it was absent.
   *
   * @throws KeyTooLongException if the key is over the limit; nothing has changed
   * @throws ValueTooLongException if the value is over the limit; nothing has changed
   * @throws ReadOnlyException if the tree is open for reads alone
   * @throws StorageException if room could not be made, for example on a full disk; nothing has
   *     changed, and the call may be repeated
   * @throws StoreFailedException if a force failed, now or earlier: the outcome of a change in
   *     flight is unknown until the store is opened again
   */
  public byte @Nullable [] put(byte[] key, byte[] value) {
    KeyChange change = KeyChange.put(writable(key), valid(value), KeyChange.Previous.RETURNED);
    writes.run(change);
    return change.previous;
  }

  /** As {@link #put}, without fetching the previous value. */
  public void set(byte[] key, byte[] value) {
    writes.run(KeyChange.put(writable(key), valid(value), KeyChange.Previous.IGNORED));
  }

  /**
   * As {@link #put} if {@code key} is absent; otherwise changes nothing.
   *
   * @return whether the record was made
   */
  public boolean putIfAbsent(byte[] key, byte[] value) {
    return applied(KeyChange.putIfAbsent(writable(key), valid(value)));
  }

  /**
   * As {@link #put} if {@code key} is present at {@code expectedVersion}; otherwise changes
   * nothing.
   *
   * @return whether the value was replaced
   */
  public boolean replace(byte[] key, long expectedVersion, byte[] value) {
    return applied(KeyChange.replace(writable(key), expectedVersion, valid(value)));
  }

  /**
   * Removes the record of {@code key} and returns its value, or null if there was none. Errors as
   * {@link #put}.
   */
  public byte @Nullable [] delete(byte[] key) {
    KeyChange change = KeyChange.delete(writable(key));
    writes.run(change);
    return change.previous;
  }

  /**
   * Removes the record of {@code key} if it is present at {@code expectedVersion}; otherwise
   * changes nothing.
   *
   * @return whether the record was removed
   */
  public boolean delete(byte[] key, long expectedVersion) {
    return applied(KeyChange.delete(writable(key), expectedVersion));
  }

  /**
   * Lets the record of {@code key} be what {@code change} makes of it, atomically: nobody changes
   * the record between the value that the function saw and the one it gave. The function gets a
   * copy of the value, or null if the key is absent, and returns the new value, or null for no
   * record; null for null changes nothing. Other errors as {@link #put}.
   *
   * <p>Nothing is held while the function runs. When another thread changed the record meanwhile,
   * it is called again with the value that is there then, so it should have no other effects; one
   * that changes the record itself is called for ever. What it throws reaches the caller, and
   * nothing has changed. It may keep and change the arrays it was given and those it returns.
   *
   * @return a copy of the new value, or null if there is no record now
   * @throws ValueTooLongException if the new value is over the limit; nothing has changed
   */
  public byte @Nullable [] update(byte[] key, UnaryOperator<byte @Nullable []> change) {
    Objects.requireNonNull(change, "change");
    byte[] physical = writable(key);
    store.checkWritable("update");
    return new Update(reads, writes, key, physical).run(change);
  }

  private boolean applied(KeyChange change) {
    writes.run(change);
    return change.applied;
  }

  /**
   * Moves the record of {@code source} to {@code target}, atomically, under a new version. Renaming
   * a present key to itself does nothing. Other errors as {@link #put}.
   *
   * @throws KeyNotFoundException if {@code source} is absent; nothing has changed
   * @throws KeyExistsException if {@code target} is present and {@code existing} is {@link
   *     Existing#KEEP}; nothing has changed
   */
  public void rename(byte[] source, byte[] target, Existing existing) {
    Objects.requireNonNull(existing, "existing");
    writes.run(new RenameChange(writable(source), writable(target), existing));
  }

  /** Whether no key starts with {@code prefix}. */
  public boolean isPrefixEmpty(byte[] prefix) {
    return scan(Objects.requireNonNull(prefix, "prefix")).isEmpty();
  }

  /**
   * Counts the records whose keys start with {@code prefix}, and the bytes of their keys and
   * values. No record is read: the cost is one step for each frame that holds any of them.
   */
  public PrefixCount count(byte[] prefix) {
    return prefixReads.count(Objects.requireNonNull(prefix, "prefix"));
  }

  /**
   * Applies several operations as one: all or nothing, for every reader and after every crash. The
   * function is called once and describes the batch; the operations apply in order and see the ones
   * before them.
   *
   * @return false if a guard failed (putIfAbsent, replace, delete at a version, a require); nothing
   *     has changed then
   * @throws KeyNotFoundException if a rename's source is absent; nothing has changed
   * @throws KeyExistsException if a rename's target is to be kept; nothing has changed
   * @throws BatchTooLargeException if the operations do not fit into one journal record of some 16
   *     MB; nothing has changed
   */
  public boolean atomic(Consumer<Batch> build) {
    Objects.requireNonNull(build, "build");
    store.checkWritable("atomic");
    BatchBuilder builder = new BatchBuilder(id);
    build.accept(builder);
    BatchPlan plan = new BatchPlan(builder.build());
    plan.checkSize(writes.maxBodyBytes());
    writes.run(plan);
    return plan.admitted();
  }

  /** A scan of all records in key order. */
  public Scan scan() {
    return scan(new byte[0]);
  }

  /** A scan of the records whose keys start with {@code prefix}, in key order. */
  public Scan scan(byte[] prefix) {
    Objects.requireNonNull(prefix, "prefix");
    return Scan.of(sections, physicalPrefix, prefix);
  }

  /**
   * Takes the tree down as it is at this moment, to be read while it goes on. An instant, whatever
   * the tree's size, and no change waits for it. To be closed: as long as it is open, it keeps what
   * changes.
   */
  public Snapshot snapshot() {
    return TreeSnapshot.of(store, id);
  }

  /**
   * Makes everything applied before the call durable in the data file and trims the journal; gives
   * back file space that is free at the file's end. Readers and writers go on. A tree in memory has
   * nothing to do.
   *
   * @throws StorageException if images could not be written, for example on a full disk: the last
   *     checkpoint and the journal still hold everything, and the call may be repeated
   * @throws StoreFailedException if a force failed
   */
  public void checkpoint() {
    Maintenance.checkpoint(store);
  }

  /**
   * Packs the tree: rebuilds frames without gaps and joins small neighbouring ones. Readers and
   * writers go on between its steps. File space is given back by the next {@link #checkpoint}.
   */
  public void compact() {
    Maintenance.compact(store);
  }

  /**
   * Verifies the whole tree - nodes, order, directory, checksums of the data file, slots - and
   * returns every violation; an empty list = sound. Reads every frame.
   */
  public List<Violation> check() {
    return Maintenance.check(store);
  }

  /** Figures of this moment; reading them changes neither the pool nor the counters. */
  public TreeStats stats() {
    return Statistics.of(store);
  }

  /** The configuration the tree was opened with. */
  public TreeConfig config() {
    return store.config;
  }

  /**
   * Closes the tree: calls under way in other threads complete or end in {@link ClosedException}, a
   * last checkpoint is written, the journal is forced and sealed, memory and lock are given back.
   * Idempotent; returns when the tree is closed, by whichever thread.
   *
   * @throws StorageException if the end could not be made durable as promised
   */
  @Override
  public void close() {
    Stores.close(store);
  }

  private byte[] writable(byte[] key) {
    return TreeKeys.physical(id, Limits.checkKey(Objects.requireNonNull(key, "key")));
  }

  private static byte[] valid(byte[] value) {
    return Limits.checkValue(Objects.requireNonNull(value, "value"));
  }
}
