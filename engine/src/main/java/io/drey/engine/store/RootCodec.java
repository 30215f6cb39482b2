package io.drey.engine.store;

import static io.drey.engine.store.DiskLayout.U32;
import static io.drey.engine.store.DiskLayout.U64;

import io.drey.Check;
import io.drey.CorruptionException;
import io.drey.FormatException;
import io.drey.Violation;
import io.drey.engine.frame.BlobRows;
import io.drey.engine.store.RootContent.PlacedImage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Roots to bytes and back, with every check that bytes from outside need. */
final class RootCodec {
  private static final int ID_BYTES = Long.BYTES;
  private static final int IMAGES_AT = RootHeader.SIZE + HeadLayout.SIZE;

  private RootCodec() {}

  static byte[] encode(RootContent content) {
    long length = IMAGES_AT;
    for (PlacedImage placed : content.images()) {
      length += ID_BYTES + RecordWriter.size(placed.image());
    }
    length += (long) ID_BYTES * content.spareIds().size();
    byte[] bytes = new byte[Math.toIntExact(length)];
    MemorySegment root = MemorySegment.ofArray(bytes);
    RootHeader.putIdentity(root, content.identity());
    root.set(U64, RootHeader.LENGTH, length);
    root.set(U32, RootHeader.IMAGES, content.images().size());
    root.set(U32, RootHeader.SPARE_IDS, content.spareIds().size());
    root.set(U64, RootHeader.NEXT_ID, content.nextId());
    HeadLayout.put(root, RootHeader.SIZE, content.head());
    long at = IMAGES_AT;
    for (PlacedImage placed : content.images()) {
      StoredImage image = placed.image();
      root.set(U64, at, placed.id());
      ImageLayout.put(root, at + ID_BYTES, image, image.rows().entries().size());
      RowsLayout.put(root, at + ID_BYTES + ImageLayout.SIZE, image.rows());
      at += ID_BYTES + RecordWriter.size(image);
    }
    for (long id : content.spareIds()) {
      root.set(U64, at, id);
      at += ID_BYTES;
    }
    RootHeader.seal(bytes);
    return bytes;
  }

  /**
   * @throws CorruptionException if the root is damaged
   * @throws FormatException if another version of Drey wrote it
   */
  static RootContent decode(byte[] bytes, int frameBytes) {
    ManifestIdentity identity = identity(bytes, frameBytes);
    MemorySegment root = MemorySegment.ofArray(bytes);
    if (root.get(U64, RootHeader.LENGTH) != bytes.length) {
      throw corrupt(
          Check.FILE_LENGTH,
          bytes.length,
          "it was written with " + root.get(U64, RootHeader.LENGTH) + " bytes");
    }
    if (!RootHeader.isBodyIntact(bytes)) {
      throw corrupt(Check.MANIFEST_RECORD, RootHeader.SIZE, "it does not match its checksum");
    }
    try {
      return content(identity, root);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw corrupt(
          Check.MANIFEST_RECORD, RootHeader.SIZE, "impossible content: " + e.getMessage());
    }
  }

  private static ManifestIdentity identity(byte[] bytes, int frameBytes) {
    if (bytes.length < RootHeader.SIZE) {
      throw corrupt(Check.FILE_LENGTH, bytes.length, "it ends in its header");
    }
    MemorySegment root = MemorySegment.ofArray(bytes);
    if (root.get(U64, RootHeader.MAGIC) != RootHeader.MAGIC_VALUE) {
      throw corrupt(
          Check.MANIFEST_RECORD, 0, "it does not begin with DREYROOT: not a root of Drey");
    }
    if (!RootHeader.isHeaderIntact(root)) {
      throw corrupt(Check.MANIFEST_RECORD, 0, "the header does not match its checksum");
    }
    ManifestIdentity identity = RootHeader.identity(root);
    if (identity.formatVersion() != ManifestIdentity.FORMAT_VERSION) {
      throw new FormatException(
          Refusals.BLOB_STORE, identity.formatVersion(), ManifestIdentity.FORMAT_VERSION);
    }
    if (identity.frameBytes() != frameBytes) {
      throw Refusals.frameSize(Refusals.BLOB_STORE, identity.frameBytes(), frameBytes);
    }
    return identity;
  }

  private static RootContent content(ManifestIdentity identity, MemorySegment root) {
    ManifestHead head = HeadLayout.get(root, RootHeader.SIZE, List.of());
    long at = IMAGES_AT;
    List<PlacedImage> images = new ArrayList<>();
    for (int i = root.get(U32, RootHeader.IMAGES); i > 0; i--) {
      long id = root.get(U64, at);
      at += ID_BYTES;
      int entries = ImageLayout.entries(root, at);
      BlobRows rows =
          RowsLayout.get(root, at + ImageLayout.SIZE, ImageLayout.blob(root, at), entries);
      StoredImage image = ImageLayout.get(root, at, rows);
      images.add(new PlacedImage(id, image));
      at += RecordWriter.size(image);
    }
    List<Long> spareIds = new ArrayList<>();
    for (int i = root.get(U32, RootHeader.SPARE_IDS); i > 0; i--) {
      spareIds.add(root.get(U64, at));
      at += ID_BYTES;
    }
    if (at != root.byteSize()) {
      throw new IllegalArgumentException("longer than what it holds");
    }
    return new RootContent(identity, head, images, spareIds, root.get(U64, RootHeader.NEXT_ID));
  }

  static CorruptionException corrupt(Check check, long offset, String detail) {
    return new CorruptionException(
        check, null, offset, Violation.NONE, "in the root of the blob store: " + detail);
  }
}
