package io.drey.engine.store;

import io.drey.Check;
import io.drey.engine.store.RootContent.PlacedImage;
import io.drey.journal.SegmentLink;
import io.drey.journal.StoreId;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The durable map from blobs to frames of a user's store, which is all in its root; every commit
 * writes it anew.
 *
 * <p>INVARIANT B1: the root accounts for every frame in the store. It is the place of a blob's
 * image, or its id is spare. So nothing leaks: opening deletes the spare ones.
 *
 * <p>One thread at a time.
 */
public final class RootLog {
  private final UserStore store;
  private final ManifestState state;
  private final Map<Long, Long> idsOfSlots = new HashMap<>();
  private final List<Long> spareIds;
  private final long nextId;

  private RootLog(UserStore store, RootContent content) {
    this.store = store;
    this.state = new ManifestState(content.identity(), content.head(), Long.MAX_VALUE);
    this.spareIds = List.copyOf(content.spareIds());
    this.nextId = content.nextId();
  }

  /**
   * Reads the root and changes nothing; null = the store is new.
   *
   * @throws io.drey.CorruptionException if it is damaged
   * @throws io.drey.FormatException if another version of Drey wrote it
   */
  public static @Nullable RootLog read(UserStore store, int frameBytes) throws IOException {
    byte[] root = store.root();
    if (root == null) {
      return null;
    }
    RootContent content = RootCodec.decode(root, frameBytes);
    RootLog log = new RootLog(store, content);
    log.take(content);
    return log;
  }

  /** The log of a new store, before its first commit. */
  public static RootLog begin(UserStore store, int frameBytes, long nextTree) {
    SecureRandom random = new SecureRandom();
    StoreId id = new StoreId(random.nextLong(), random.nextLong());
    ManifestHead head =
        new ManifestHead(0, 0, 0, 0, 0, 1, 0, nextTree, new SegmentLink(1, 0), List.of());
    return new RootLog(
        store, new RootContent(ManifestIdentity.of(id, frameBytes), head, List.of(), List.of(), 1));
  }

  private void take(RootContent content) {
    List<StoredImage> images = new ArrayList<>();
    Set<Long> ids = new HashSet<>();
    for (PlacedImage placed : content.images()) {
      images.add(placed.image());
      checkId(placed.id(), ids);
      if (idsOfSlots.put(placed.image().slot(), placed.id()) != null) {
        throw RootCodec.corrupt(Check.SLOT_MAP, 0, "two images of one slot");
      }
    }
    spareIds.forEach(id -> checkId(id, ids));
    ManifestChange all = new ManifestChange(content.head(), images, List.of());
    String wrong = state.objection(all);
    if (wrong != null) {
      throw RootCodec.corrupt(Check.MANIFEST_RECORD, 0, wrong);
    }
    state.apply(all);
  }

  private void checkId(long id, Set<Long> ids) {
    if (id < 1 || id >= nextId || !ids.add(id)) {
      throw RootCodec.corrupt(Check.SLOT_MAP, 0, "id " + id + " is out of range, or named twice");
    }
  }

  /** The state after the last commit. */
  public ManifestState state() {
    return state;
  }

  /** The id of each image's frame by the image's slot, as it was read. */
  public Map<Long, Long> idsOfSlots() {
    return Map.copyOf(idsOfSlots);
  }

  /** The frames that are no blob's image, as it was read. */
  public List<Long> spareIds() {
    return spareIds;
  }

  /** Above every id and slot ever committed, as it was read. */
  public long nextId() {
    return nextId;
  }

  /**
   * What a commit does to the frames.
   *
   * @param added new frames by their ids
   * @param deleted ids of frames in the store
   * @param ids ids of the images' frames by slot; may have more than those
   * @param spareIds the frames in the store afterwards that are no image of {@code change}
   * @param nextId above every id and slot used so far
   */
  public record Frames(
      Map<Long, MemorySegment> added,
      List<Long> deleted,
      Map<Long, Long> ids,
      List<Long> spareIds,
      long nextId) {}

  /**
   * Makes one change durable: all of it or nothing, whenever the power fails. After a failure the
   * state is as it was.
   *
   * @throws IllegalArgumentException if the change cannot follow the state; nothing has happened
   */
  public void commit(ManifestChange change, Frames frames) throws IOException {
    String wrong = state.objection(change);
    if (wrong != null) {
      throw new IllegalArgumentException(wrong);
    }
    List<PlacedImage> placed = new ArrayList<>();
    for (StoredImage image : imagesAfter(change)) {
      Long id = frames.ids().get(image.slot());
      if (id == null) {
        throw new IllegalArgumentException("blob " + image.blob() + " has no frame");
      }
      placed.add(new PlacedImage(id, image));
    }
    RootContent content =
        new RootContent(
            state.identity(), change.head(), placed, frames.spareIds(), frames.nextId());
    // ORDER: nothing that relies on the commit happens before this returns. The commit point.
    store.commit(frames.added(), frames.deleted(), RootCodec.encode(content));
    state.apply(change);
  }

  private Iterable<StoredImage> imagesAfter(ManifestChange change) {
    Map<Long, StoredImage> after = new TreeMap<>();
    state.forEach(image -> after.put(image.blob(), image));
    change.removed().forEach(after::remove);
    change.images().forEach(image -> after.put(image.blob(), image));
    return after.values();
  }
}
