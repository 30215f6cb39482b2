package io.drey.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bytes of a segment, written down here a second time, by number. */
final class FormatPinTest {
  private static final long SALT = 0x0123456789ABCDEFL;
  private static final long STORE_HIGH = 0x1111111122222222L;
  private static final long STORE_LOW = 0x3333333344444444L;
  private static final byte[] BODY = {1, 2, 3, 4, 5};

  private ByteBuffer segment;

  @BeforeEach
  void writeOneRecordAndClose() throws IOException {
    Path directory = Path.of("/journal");
    Vfs vfs = Vfs.memory();
    vfs.createDirectory(directory);
    JournalConfig config =
        new JournalConfig(vfs, directory, new StoreId(STORE_HIGH, STORE_LOW), 64 << 10);
    try (Journal journal =
        Journal.start(config, 3, new SegmentLink(7, SALT), Journal.firstSeq(3), 9)) {
      Reservation r = new Reservation();
      journal.prepare(BODY.length);
      journal.reserve(r, BODY.length, 2);
      journal.publish(r, 200, BODY, BODY.length);
    }
    segment = ByteBuffer.wrap(TestJournal.read(vfs, config.file(7))).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void theHeaderIsAtItsPlace() {
    assertEquals(64 << 10, segment.capacity());
    assertEquals("DREYJRNL", new String(segment.array(), 0, 8, US_ASCII));
    assertEquals(2, segment.getInt(8));
    assertEquals(64 << 10, segment.getInt(12));
    assertEquals(STORE_HIGH, segment.getLong(16));
    assertEquals(STORE_LOW, segment.getLong(24));
    assertEquals(7, segment.getLong(32));
    assertEquals(SALT, segment.getLong(40));
    assertEquals(3L << 40 | 1, segment.getLong(48));
    assertEquals(9, segment.getLong(56));
    assertEquals(3, segment.getInt(64));
    int stored = segment.getInt(68);
    CRC32C crc = new CRC32C();
    segment.putInt(68, 0);
    crc.update(segment.array(), 0, 4096);
    assertEquals((int) crc.getValue(), stored);
  }

  @Test
  void aRecordIsAtItsPlace() {
    assertEquals(32 + 5, segment.getInt(4096));
    assertEquals(3L << 40 | 1, segment.getLong(4104));
    assertEquals(200, segment.get(4120) & 0xFF);
    assertEquals(2, segment.getInt(4124));
    for (int i = 0; i < BODY.length; i++) {
      assertEquals(BODY[i], segment.get(4128 + i));
    }
    assertEquals(0, segment.get(4133) | segment.get(4134) | segment.get(4135));
  }

  @Test
  void aRecordsChecksumsCoverWhatTheyShould() {
    ByteBuffer covered = ByteBuffer.allocate(24 + 24 + 8).order(ByteOrder.LITTLE_ENDIAN);
    covered.putLong(SALT).putLong(7L << 24 | 4096).putLong(37);
    covered.putLong(segment.getLong(4104)).putLong(segment.getLong(4112));
    covered.putLong(200 | 2L << 32).put(BODY);
    CRC32C crc = new CRC32C();
    crc.update(covered.array(), 0, 48);
    assertEquals((int) crc.getValue() & 0xFFFFFF, segment.getInt(4120) >>> 8);
    crc.update(covered.array(), 48, 8);
    assertEquals((int) crc.getValue(), segment.getInt(4100));
  }

  @Test
  void aCleanCloseEndsTheSegment() {
    assertEquals(32, segment.getInt(4136));
    assertEquals(3, segment.get(4160));
    assertEquals(3L << 40 | 3, segment.getLong(4144));
    assertEquals(7L << 24 | 4136, segment.getLong(4152), "its mark is its own position");
  }
}
