package io.drey.engine.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state that the newest durable commit describes: the head, and the image of every blob.
 *
 * <p>Blob ids are dense, so the map is an array. Changed only by the {@link ManifestLog} or {@link
 * RootLog} that owns it, on the thread that commits; others read it before that thread starts, or
 * on it.
 */
public final class ManifestState {
  private final ManifestIdentity identity;
  private ManifestHead head;
  private @Nullable StoredImage[] images = new StoredImage[16];
  private int blobs;
  private final long slotLimit;

  /** The state of a store whose images lie in the slots of a data file. */
  ManifestState(ManifestIdentity identity, ManifestHead head) {
    this(identity, head, SlotSet.LIMIT);
  }

  /**
   * @param slotLimit slot numbers are below it
   */
  ManifestState(ManifestIdentity identity, ManifestHead head, long slotLimit) {
    this.identity = identity;
    this.head = head;
    this.slotLimit = slotLimit;
  }

  public ManifestIdentity identity() {
    return identity;
  }

  public ManifestHead head() {
    return head;
  }

  /** How many blobs have an image. */
  public int blobs() {
    return blobs;
  }

  /** The durable image of a blob; null = the id is free. */
  public @Nullable StoredImage image(long blob) {
    return blob > 0 && blob < images.length ? images[(int) blob] : null;
  }

  /** All images by ascending blob id. */
  public void forEach(Consumer<StoredImage> action) {
    for (StoredImage image : images) {
      if (image != null) {
        action.accept(image);
      }
    }
  }

  /** A copy of all images by ascending blob id. */
  List<StoredImage> images() {
    List<StoredImage> all = new ArrayList<>(blobs);
    forEach(all::add);
    return all;
  }

  /** The slots named, in no order; one for each blob. */
  public long[] slots() {
    long[] slots = new long[blobs];
    int count = 0;
    for (StoredImage image : images) {
      if (image != null) {
        slots[count++] = image.slot();
      }
    }
    return slots;
  }

  /** How many slots a data file must hold to contain all images. */
  public long slotsNeeded() {
    long highest = -1;
    for (StoredImage image : images) {
      if (image != null) {
        highest = Math.max(highest, image.slot());
      }
    }
    return highest + 1;
  }

  /** The first reason why the change cannot follow this state; null = it can. */
  @Nullable String objection(ManifestChange change) {
    ManifestHead next = change.head();
    String wrong = next.objection();
    if (wrong == null) {
      wrong = next.objectionAfter(head);
    }
    if (wrong != null) {
      return wrong;
    }
    Set<Long> seen = new HashSet<>();
    for (StoredImage image : change.images()) {
      long blob = image.blob();
      if (blob < 1 || blob >= next.nextBlob() || blob >= Integer.MAX_VALUE) {
        return "blob " + blob + " is not below next blob " + next.nextBlob();
      }
      if (image.slot() < 0 || image.slot() >= slotLimit) {
        return "blob " + blob + " has slot " + image.slot();
      }
      if (!seen.add(blob)) {
        return "blob " + blob + " occurs twice";
      }
    }
    return objectionToRemoved(change, seen);
  }

  private @Nullable String objectionToRemoved(ManifestChange change, Set<Long> seen) {
    for (long blob : change.removed()) {
      if (!seen.add(blob)) {
        return "blob " + blob + " occurs twice";
      }
      if (image(blob) == null) {
        return "blob " + blob + " is removed and was never there";
      }
    }
    long root = change.head().rootBlob();
    boolean named = change.images().stream().anyMatch(image -> image.blob() == root);
    if (root != 0 && !named && (image(root) == null || change.removed().contains(root))) {
      return "root blob " + root + " has no image";
    }
    return null;
  }

  /**
   * Takes the change over, which {@link #objection} has let pass.
   *
   * @return the slots that were named before and are no longer
   */
  long[] apply(ManifestChange change) {
    long[] replaced = new long[change.images().size() + change.removed().size()];
    int count = 0;
    for (StoredImage image : change.images()) {
      StoredImage before = put(image);
      if (before != null && before.slot() != image.slot()) {
        replaced[count++] = before.slot();
      }
    }
    for (long blob : change.removed()) {
      StoredImage before = images[(int) blob];
      if (before != null) {
        images[(int) blob] = null;
        blobs--;
        replaced[count++] = before.slot();
      }
    }
    head = change.head();
    return Arrays.copyOf(replaced, count);
  }

  private @Nullable StoredImage put(StoredImage image) {
    int blob = (int) image.blob();
    if (blob >= images.length) {
      images = Arrays.copyOf(images, Math.max(blob + 1, images.length + images.length / 2));
    }
    StoredImage before = images[blob];
    images[blob] = image;
    if (before == null) {
      blobs++;
    }
    return before;
  }
}
