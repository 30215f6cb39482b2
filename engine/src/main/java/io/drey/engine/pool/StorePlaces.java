package io.drey.engine.pool;

import io.drey.engine.store.ManifestChange;
import io.drey.engine.store.ManifestState;
import io.drey.engine.store.RootLog;
import io.drey.engine.store.SlotSet;
import io.drey.engine.store.StoredImage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of every image in a user's store or on its way there, and what a commit does to them.
 * Thread-safe; no method waits or does I/O.
 *
 * <p>INVARIANT B2: an id is committed once. The first commit to take an image stores it under its
 * slot; where that fails the next one has a fresh id. Slots and ids come from one counter, and
 * every root says how far it has come.
 *
 * <p>INVARIANT B3: a frame is deleted only by a commit whose root does not name it, while nobody
 * reads it; from then on nobody can.
 */
final class StorePlaces {
  private final ManifestState state;
  private final Buffers buffers;
  private final Map<Long, StorePlace> places = new HashMap<>();

  /** Frames of an earlier life that no root names; gone with the first commit. */
  private final List<Long> inherited;

  private long nextId;

  StorePlaces(RootLog root, Buffers buffers) {
    this.state = root.state();
    this.buffers = buffers;
    this.inherited = new ArrayList<>(root.spareIds());
    this.nextId = root.nextId();
    root.idsOfSlots()
        .forEach((slot, id) -> {
          StorePlace place = new StorePlace(slot);
          place.id = id;
          place.named = true;
          places.put(slot, place);
        });
  }

  /** A slot for an image to come. */
  synchronized long takeSlot() {
    return nextId++;
  }

  /** The image, sealed for its slot, is in {@code buffer}. */
  synchronized void staged(StoredImage stored, MemorySegment buffer, ImageStore.Purpose purpose) {
    StorePlace place = new StorePlace(stored.slot());
    place.buffer = buffer;
    place.claimed = purpose == ImageStore.Purpose.CHECKPOINT;
    places.put(stored.slot(), place);
  }

  /** From now until {@link #leave} the image stays where it is; null = it is gone. */
  synchronized @Nullable StorePlace enter(StoredImage stored) {
    StorePlace place = places.get(stored.slot());
    if (place == null || place.leaving) {
      return null;
    }
    place.users++;
    return place;
  }

  synchronized void leave(StorePlace place) {
    place.users--;
    settle(place);
  }

  synchronized void claim(StoredImage stored) {
    place(stored.slot()).claimed = true;
  }

  synchronized void superseded(StoredImage stored) {
    StorePlace place = place(stored.slot());
    place.superseded = true;
    settle(place);
  }

  synchronized void endClaims() {
    for (StorePlace place : List.copyOf(places.values())) {
      if (place.claimed) {
        place.claimed = false;
        settle(place);
      }
    }
  }

  private StorePlace place(long slot) {
    StorePlace place = places.get(slot);
    if (place == null) {
      throw new IllegalStateException("no image has slot " + slot);
    }
    return place;
  }

  /** Gives the buffer back where nobody needs it; a spare image that is not stored is gone. */
  private void settle(StorePlace place) {
    MemorySegment buffer = place.buffer;
    if (buffer == null || place.users > 0) {
      return;
    }
    if (place.id != 0) {
      place.buffer = null;
      buffers.giveBack(buffer);
    } else if (place.isSpare()) {
      places.remove(place.slot);
      buffers.giveBack(buffer);
    }
  }

  /** What one commit does: between {@link #attempt} and {@link #committed} or {@link #failed}. */
  static final class Attempt {
    final ManifestChange change;
    final RootLog.Frames frames;
    private final List<StorePlace> taken;
    private final List<StorePlace> deleted;
    private final Set<Long> replaced;

    private Attempt(
        ManifestChange change,
        RootLog.Frames frames,
        List<StorePlace> taken,
        List<StorePlace> deleted,
        Set<Long> replaced) {
      this.change = change;
      this.frames = frames;
      this.taken = taken;
      this.deleted = deleted;
      this.replaced = replaced;
    }
  }

  /** A commit that names nothing new, and takes every buffer; null = none is to be taken. */
  synchronized @Nullable Attempt attemptSpill() {
    List<StorePlace> taken = new ArrayList<>();
    for (StorePlace place : places.values()) {
      if (place.buffer != null && place.id == 0 && !place.isSpare()) {
        taken.add(place);
      }
    }
    return taken.isEmpty() ? null : attempt(ManifestChange.ofHead(state.head()), taken);
  }

  /** A commit of {@code change}, which takes the buffers it names. */
  synchronized Attempt attempt(ManifestChange change) {
    List<StorePlace> taken = new ArrayList<>();
    for (StoredImage image : change.images()) {
      StorePlace place = place(image.slot());
      if (place.id == 0) {
        taken.add(place);
      }
    }
    return attempt(change, taken);
  }

  private Attempt attempt(ManifestChange change, List<StorePlace> taken) {
    Map<Long, MemorySegment> added = new HashMap<>();
    for (StorePlace place : taken) {
      place.users++;
      place.attemptedId = place.attemptedId == 0 ? place.slot : nextId++;
      added.put(place.attemptedId, bufferOf(place).asReadOnly());
    }
    Set<Long> named = new HashSet<>();
    change.images().forEach(image -> named.add(image.slot()));
    Set<Long> replaced = replaced(change, named);
    List<StorePlace> deleted = new ArrayList<>();
    Map<Long, Long> ids = new HashMap<>();
    List<Long> spare = new ArrayList<>();
    for (StorePlace place : places.values()) {
      long id = place.id != 0 ? place.id : place.attemptedId;
      boolean stored = place.id != 0 || added.containsKey(id);
      boolean namedThen =
          named.contains(place.slot) || (place.named && !replaced.contains(place.slot));
      if (!stored) {
        continue;
      }
      if (namedThen) {
        ids.put(place.slot, id);
      } else if (place.id != 0 && place.users == 0 && place.superseded && !place.claimed) {
        place.leaving = true;
        deleted.add(place);
      } else {
        spare.add(id);
      }
    }
    List<Long> gone = new ArrayList<>(inherited);
    deleted.forEach(place -> gone.add(place.id));
    RootLog.Frames frames = new RootLog.Frames(added, gone, ids, spare, nextId);
    return new Attempt(change, frames, taken, deleted, replaced);
  }

  private static MemorySegment bufferOf(StorePlace place) {
    MemorySegment buffer = place.buffer;
    if (buffer == null) {
      throw new IllegalStateException("the image of slot " + place.slot + " is nowhere");
    }
    return buffer;
  }

  /** The slots that are named now and not after the change. */
  private Set<Long> replaced(ManifestChange change, Set<Long> named) {
    Set<Long> replaced = new HashSet<>();
    for (StoredImage image : change.images()) {
      addSlot(state.image(image.blob()), replaced);
    }
    for (long blob : change.removed()) {
      addSlot(state.image(blob), replaced);
    }
    replaced.removeAll(named);
    return replaced;
  }

  private static void addSlot(@Nullable StoredImage image, Set<Long> slots) {
    if (image != null) {
      slots.add(image.slot());
    }
  }

  /** The commit is durable. */
  synchronized void committed(Attempt attempt) {
    inherited.clear();
    for (StorePlace place : attempt.deleted) {
      places.remove(place.slot);
    }
    for (long slot : attempt.replaced) {
      StorePlace left = places.get(slot);
      if (left != null) {
        left.named = false; // a reader or a snapshot needs it: a later commit deletes it
      }
    }
    for (StoredImage image : attempt.change.images()) {
      place(image.slot()).named = true;
    }
    for (StorePlace place : attempt.taken) {
      place.id = place.attemptedId;
      leave(place);
    }
  }

  /** The commit has not happened. */
  synchronized void failed(Attempt attempt) {
    attempt.deleted.forEach(place -> place.leaving = false);
    attempt.taken.forEach(this::leave);
  }

  /** Everything that contradicts the last commit; while none is under way. */
  synchronized List<String> check() {
    List<String> found = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    long named = 0;
    for (StorePlace place : places.values()) {
      named += place.named ? 1 : 0;
      if (place.id != 0 && !ids.add(place.id)) {
        found.add("two images under id " + place.id);
      }
    }
    for (long slot : state.slots()) {
      StorePlace place = places.get(slot);
      if (place == null || !place.named || place.id == 0) {
        found.add("slot " + slot + " is named by the root and is not in the store");
      }
    }
    if (named != state.blobs()) {
      found.add(named + " images are named, the root names " + state.blobs());
    }
    return found;
  }

  synchronized SlotSet.Counts counts() {
    long live = 0;
    long written = 0;
    for (StorePlace place : places.values()) {
      live += place.named ? 1 : 0;
      written += place.id != 0 && !place.named ? 1 : 0;
    }
    return new SlotSet.Counts(0, written, live, 0);
  }
}
