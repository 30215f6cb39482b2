package io.drey;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A user's own storage of frames, for {@link Tree#open(TreeConfig, BlobStore)}: numbered frames of
 * {@link Tree#pageSize()} bytes, and one root that says what the frames mean. It may be files, rows
 * of a database or objects in a bucket; it understands neither frames nor root. Images of the tree
 * are verified when they are read, and so is the root, so bytes that come back changed are found
 * out.
 *
 * <p><b>What it must do.</b> {@link #commit} is all or nothing, across every crash, and durable
 * when it returns. Everything the tree promises rests on that, and on nothing else.
 *
 * <p><b>What it can rely on.</b>
 *
 * <ul>
 *   <li>Ids are positive and ascend. A commit stores frames under ids that the store does not hold,
 *       and deletes ids that it holds; nothing is ever overwritten, and an id that was committed is
 *       never given to another frame.
 *   <li>{@link #read} is called for ids that the store holds. {@link #root} is called once, first.
 *   <li>Any number of threads may be in {@code read} at once, also while another is in {@code
 *       commit}. One thread at a time is in {@code commit}; what it deletes nobody is reading.
 *   <li>Segments that are passed in are valid during the call alone: what is to be kept is copied.
 *       They may be used by any thread meanwhile. Frames are native memory of exactly {@link
 *       Tree#pageSize()} bytes; the segments, the map and the array of a commit are not to be
 *       changed.
 *   <li>Calls come on threads of the tree's users and on threads of the tree. A thread that is
 *       interrupted enters with its flag cleared, and gets it back afterwards; one that is
 *       interrupted meanwhile keeps it, which a {@code FileChannel} answers by closing itself.
 *   <li>{@link #close} is called once, last, by {@link Tree#close}; nobody is in another method
 *       then. A store belongs to the tree from the moment that opening has returned; where opening
 *       fails it is the caller's still, and open.
 * </ul>
 *
 * <p><b>How it fails.</b> It throws any unchecked exception, {@link java.io.UncheckedIOException}
 * for one: whoever called the tree gets a {@link StorageException} with that as its cause. A commit
 * that throws has not happened, and never will have, whatever crash comes next: the tree goes on
 * with what the store held before, and tries again later, under other ids. A store that cannot tell
 * whether a commit happened throws an {@link Error}, {@link java.io.IOError} for one: the tree then
 * takes no more writes ({@link StoreFailedException}), commits nothing more, and the next opening
 * finds out.
 *
 * <p>A store serves one tree at a time; keeping others out is its own affair. It must not call the
 * tree that uses it.
 *
 * <p>A store in memory, as short as can be:
 *
 * {@snippet :
 * final class MapStore implements BlobStore {
 *   private final Map<Long, byte[]> frames = new HashMap<>();
 *   private byte[] root;
 *
 *   @Override
 *   public synchronized MemorySegment root() {
 *     return root == null ? null : MemorySegment.ofArray(root);
 *   }
 *
 *   @Override
 *   public synchronized void read(long id, MemorySegment frame) {
 *     frame.copyFrom(MemorySegment.ofArray(frames.get(id)));
 *   }
 *
 *   @Override
 *   public synchronized void commit(
 *       Map<Long, MemorySegment> added, long[] deleted, MemorySegment newRoot) {
 *     added.forEach((id, frame) -> frames.put(id, frame.toArray(ValueLayout.JAVA_BYTE)));
 *     for (long id : deleted) {
 *       frames.remove(id);
 *     }
 *     root = newRoot.toArray(ValueLayout.JAVA_BYTE);
 *   }
 *
 *   @Override
 *   public void close() {}
 * }
 * }
 */
public interface BlobStore extends AutoCloseable {
  /**
   * Returns the root of the last commit, byte for byte, or null if there was none: then the store
   * is new, and holds no frame. The segment need not outlive the next call of any method.
   */
  @Nullable MemorySegment root();

  /** Copies the frame committed under {@code id} into {@code frame}, all of it. */
  void read(long id, MemorySegment frame);

  /**
   * Stores {@code frames}, deletes {@code deleted} and makes {@code root} the root: all of it or
   * nothing, and durable on return.
   *
   * @param frames new frames by their ids; may be empty
   * @param deleted ids of frames that are no longer needed; may be empty
   * @param root arbitrary bytes; they grow by some hundred for each frame held
   */
  void commit(Map<Long, MemorySegment> frames, long[] deleted, MemorySegment root);

  /** Gives back what the store uses. */
  @Override
  void close();
}
