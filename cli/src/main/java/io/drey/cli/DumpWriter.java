package io.drey.cli;

import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Writes a {@link DumpFormat}. Not thread-safe. */
final class DumpWriter {
  private final Output out;
  private final CRC32C crc = new CRC32C();
  private final Base64.Encoder base64 = Base64.getEncoder();
  private long records;

  DumpWriter(Output out) {
    this.out = out;
    add(DumpFormat.HEADER + "\n");
  }

  void record(byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength) {
    byte[] value = Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength);
    add(ByteText.escape(buffer, keyOffset, keyLength) + "\t");
    add(base64.encodeToString(value) + "\t");
    add(DumpFormat.sum(crc) + "\n");
    records++;
  }

  /** Writes the last line and returns how many records stand before it. */
  long end() {
    add(DumpFormat.END + "\t" + records + "\t");
    add(DumpFormat.sum(crc) + "\n");
    out.flush();
    return records;
  }

  private void add(String ascii) {
    byte[] bytes = ByteText.bytes(ascii);
    crc.update(bytes, 0, bytes.length);
    out.write(bytes, 0, bytes.length);
  }
}
