package io.drey.engine.pool;

import io.drey.engine.store.StoredImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All blobs by their dense id, and the ids that are free.
 *
 * <p>The id of a removed blob is reused only after a commit that no longer names it: until then it
 * waits in {@link #takeRemoved}. For the {@link Ledger}, but for {@link #seen}.
 */
public final class BlobTable {
  private final long store;
  private @Nullable Blob[] blobs = new Blob[64];
  private long next = 1;
  private final ArrayDeque<Long> reusable = new ArrayDeque<>();
  private List<Long> removed = new ArrayList<>();
  private List<Blob> changed = new ArrayList<>();
  private int count;

  /** The number of the stretch since the last capture; blobs begin with one long gone. */
  private long stretch = 2;

  /** Blobs that are gone and that snapshots still need, by id; read by any thread at any time. */
  private final Map<Long, Blob> ghosts = new ConcurrentHashMap<>();

  BlobTable(long store) {
    this.store = store;
  }

  /** As {@link #find}, for any thread at any time: may miss a blob made by another one just now. */
  @Nullable Blob seen(long id) {
    @Nullable Blob[] seen = blobs;
    return id > 0 && id < seen.length ? seen[(int) id] : null;
  }

  @Nullable Blob find(long id) {
    return id > 0 && id < next ? blobs[(int) id] : null;
  }

  Blob get(long id) {
    Blob blob = find(id);
    if (blob == null) {
      throw new IllegalStateException("there is no blob " + id);
    }
    return blob;
  }

  /** A new blob under the first free id, which comes about in an epoch. */
  Blob add(long since) {
    Long id = reusable.poll();
    return put(id != null ? id : next, since);
  }

  /** A blob known from the manifest, not in memory. */
  public void restore(long id, StoredImage stored) {
    put(id, 0).stored = stored;
  }

  private Blob put(long id, long since) {
    if (id >= blobs.length) {
      int length = Math.toIntExact(Math.max(id + 1, 2L * blobs.length));
      blobs = Arrays.copyOf(blobs, length);
    }
    next = Math.max(next, id + 1);
    Blob blob = new Blob(store, id, since);
    blobs[(int) id] = blob;
    count++;
    return blob;
  }

  /** After all restores: every id below {@code nextId} that no blob has is free. */
  public void restored(long nextId) {
    for (long id = 1; id < nextId; id++) {
      if (id >= next || blobs[(int) id] == null) {
        reusable.add(id);
      }
    }
    next = Math.max(next, nextId);
    if (next > blobs.length) {
      blobs = Arrays.copyOf(blobs, Math.toIntExact(next));
    }
  }

  /** The blob is gone; with an older image that snapshots need it is found as a ghost. */
  void remove(Blob blob) {
    if (blob.older != null) {
      ghosts.put(blob.id, blob);
    }
    blobs[(int) blob.id] = null;
    removed.add(blob.id);
    count--;
  }

  void change(Blob blob) {
    if (!isChanged(blob)) {
      changed.add(blob);
      blob.changedIn = stretch;
    }
  }

  /** Whether the blob changed since the last {@link #takeChanged}. */
  boolean isChanged(Blob blob) {
    return blob.changedIn == stretch;
  }

  /**
   * The blobs that changed since the last call, with those removed meanwhile: each is due for the
   * capture. A few steps.
   */
  List<Blob> takeChanged() {
    List<Blob> taken = changed;
    changed = new ArrayList<>();
    stretch++;
    return taken;
  }

  /** Whether there still is the blob, and it is due for the capture. */
  boolean isDue(Blob blob) {
    return blob.changedIn == stretch - 1 && find(blob.id) == blob;
  }

  /** The blob is due no more. */
  void taken(Blob blob) {
    blob.changedIn = 0;
  }

  /** The ids removed since the last call. They come back by {@link #reuse} or by being returned. */
  public List<Long> takeRemoved() {
    List<Long> taken = removed;
    removed = new ArrayList<>();
    return taken;
  }

  /** A round failed: its ids wait for the next one. */
  public void returnRemoved(List<Long> ids) {
    removed.addAll(ids);
  }

  /** A commit that no longer names these blobs is durable. */
  public void reuse(List<Long> ids) {
    for (long id : ids) {
      Blob ghost = ghosts.get(id);
      if (ghost == null) {
        reusable.add(id);
      } else {
        ghost.idFree = true;
      }
    }
  }

  /** A blob that is, or one that is gone and that a snapshot may need; as {@link #seen}. */
  @Nullable Blob seenOrGhost(long id) {
    Blob blob = seen(id);
    return blob != null ? blob : ghosts.get(id);
  }

  /** No snapshot needs an older image of the blob any more. */
  void forget(Blob blob) {
    if (ghosts.remove(blob.id, blob) && blob.idFree) {
      reusable.add(blob.id);
    }
  }

  /** The smallest id that was never used. */
  public long next() {
    return next;
  }

  public int count() {
    return count;
  }

  public boolean hasChanges() {
    return !changed.isEmpty() || !removed.isEmpty();
  }

  public int changedCount() {
    return changed.size();
  }

  /** The ids of all blobs, ascending. */
  public List<Long> ids() {
    List<Long> ids = new ArrayList<>(count);
    forEach(blob -> ids.add(blob.id));
    return ids;
  }

  /** The blobs whose current image lies in this slot of the data file or behind it. */
  public List<Long> storedFrom(long slot) {
    List<Long> found = new ArrayList<>();
    forEach(blob -> {
      StoredImage stored = blob.stored;
      if (stored != null && stored.slot() >= slot) {
        found.add(blob.id);
      }
    });
    return found;
  }

  void forEach(Consumer<Blob> action) {
    for (Blob blob : blobs) {
      if (blob != null) {
        action.accept(blob);
      }
    }
  }
}
