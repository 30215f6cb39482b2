package io.drey.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every offset and size of the format. A difference here is a new format version. */
final class LayoutPinTest {
  private static String offsets(StructLayout layout) {
    return layout.memberLayouts().stream()
            .map(field -> {
              String name = field.name().orElseThrow();
              return name + "@" + layout.byteOffset(PathElement.groupElement(name));
            })
            .collect(Collectors.joining(" "))
        + " ="
        + layout.byteSize();
  }

  @Test
  void manifestFileHeader() {
    assertEquals(
        "magic@0 version@8 frameBytes@12 storeHigh@16 storeLow@24 fileNumber@32 baseCommit@40"
            + " reserved8@48 reserved4@56 checksum@60 =64",
        offsets(ManifestFileHeader.LAYOUT));
  }

  @Test
  void rootHeader() {
    assertEquals(
        "magic@0 version@8 frameBytes@12 storeHigh@16 storeLow@24 length@32 images@40 spareIds@44"
            + " nextId@48 bodyChecksum@56 checksum@60 =64",
        offsets(RootHeader.LAYOUT));
  }

  @Test
  void recordHeader() {
    assertEquals(
        "length@0 checksum@4 commit@8 group@16 part@24 kind@28 last@29 reserved2@30 images@32"
            + " removed@36 logEnds@40 reserved4@44 =48",
        offsets(RecordHeader.LAYOUT));
  }

  @Test
  void head() {
    assertEquals(
        "checkpoint@0 seq@8 seqHighWater@16 forcedMark@24 nextBlob@32 rootBlob@40 nextTree@48"
            + " logStartNumber@56 logStartSalt@64 incarnation@72 reserved4@76 =80",
        offsets(HeadLayout.LAYOUT));
  }

  @Test
  void logEnd() {
    assertEquals("position@0 nextNumber@8 nextSalt@16 =24", offsets(LogEndLayout.LAYOUT));
  }

  @Test
  void image() {
    assertEquals(
        "blob@0 slot@8 epoch@16 headerChecksum@24 entries@28 reserved2@30 =32",
        offsets(ImageLayout.LAYOUT));
  }

  @Test
  void entryRowAndEdge() {
    assertEquals(
        "number@0 reserved2@2 longest@4 records@8 keyBytes@16 valueBytes@24 edges@32"
            + " reserved4@36 =40",
        offsets(RowsLayout.ENTRY));
    assertEquals("blob@0 entry@8 depth@12 =16", offsets(RowsLayout.EDGE));
  }

  @Test
  void theHeaderIsTheseBytes() {
    MemorySegment header = ManifestFileHeader.encode(Manifests.IDENTITY, 5, 9);
    assertEquals(
        "445245594d414e49"
            + "02000000"
            + "00200000"
            + "8877665544332211"
            + "00ffeeddccbbaa99"
            + "0500000000000000"
            + "0900000000000000"
            + "000000000000000000000000"
            + "524b6372",
        HexFormat.of().formatHex(header.toArray(ValueLayout.JAVA_BYTE)));
  }

  @Test
  void aFullFramesRowsFitBesideAPartAndAHead() {
    int entries = 256 * RowsLayout.ENTRY_SIZE;
    int edges = 524_288 / 16 * RowsLayout.EDGE_SIZE;
    assertEquals(true, ImageLayout.SIZE + entries + edges <= ManifestLog.IMAGE_BYTES_MAX);
  }
}
