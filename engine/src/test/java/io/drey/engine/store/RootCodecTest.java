package io.drey.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.CorruptionException;
import io.drey.FormatException;
import io.drey.StorageException;
import io.drey.engine.store.RootContent.PlacedImage;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The root of a user's store, as bytes. */
final class RootCodecTest {
  private static final int FRAME = Manifests.IDENTITY.frameBytes();

  private static final RootContent CONTENT =
      new RootContent(
          Manifests.IDENTITY,
          Manifests.firstHead().withBlobs(9, 3),
          List.of(
              new PlacedImage(7, Manifests.image(3, 7, 2)),
              new PlacedImage(11, Manifests.image(8, 9, 4))),
          List.of(5L, 10L),
          12);

  @Test
  void readsBackWhatWasWritten() {
    RootContent read = RootCodec.decode(RootCodec.encode(CONTENT), FRAME);
    assertEquals(CONTENT.head(), read.head());
    assertEquals(CONTENT.images().toString(), read.images().toString());
    assertEquals(CONTENT.spareIds(), read.spareIds());
    assertEquals(CONTENT.nextId(), read.nextId());
    assertEquals(CONTENT.identity(), read.identity());
  }

  @Test
  void theHeaderIsTheseBytes() {
    byte[] bytes = RootCodec.encode(CONTENT);
    assertEquals(
        "44524559524f4f54" + "02000000" + "00200000" + "8877665544332211" + "00ffeeddccbbaa99",
        HexFormat.of().formatHex(bytes, 0, 32));
  }

  @Test
  void anotherVersionIsRefusedAsThat() {
    byte[] bytes = RootCodec.encode(CONTENT);
    MemorySegment.ofArray(bytes).set(DiskLayout.U32, RootHeader.VERSION, 99);
    assertThrows(CorruptionException.class, () -> RootCodec.decode(bytes, FRAME), "a flipped bit");
    RootHeader.seal(bytes);
    FormatException e = assertThrows(FormatException.class, () -> RootCodec.decode(bytes, FRAME));
    assertEquals(99, e.found());
  }

  @Test
  void framesOfAnotherSizeAreRefused() {
    byte[] bytes = RootCodec.encode(CONTENT);
    assertThrows(StorageException.class, () -> RootCodec.decode(bytes, 2 * FRAME));
  }

  @Test
  void countsThatDoNotFitAreDamageWhateverTheChecksumSays() {
    for (long count : new long[] {RootHeader.IMAGES, RootHeader.SPARE_IDS}) {
      for (int wrong : new int[] {-1, 1, 1_000, Integer.MAX_VALUE}) {
        byte[] bytes = RootCodec.encode(CONTENT);
        MemorySegment.ofArray(bytes).set(DiskLayout.U32, count, wrong);
        RootHeader.seal(bytes);
        assertThrows(CorruptionException.class, () -> RootCodec.decode(bytes, FRAME));
      }
    }
  }
}
