package io.drey.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Random keys of 32 bytes and random values of 64: nothing is shared, nothing is a path. */
record RandomSet(int size) implements DataSet {
  private static final int KEY_WORDS = 4;
  private static final int VALUE_WORDS = 8;

  @Override
  public String name() {
    return "kv";
  }

  @Override
  public byte[] key(int record) {
    return words(record, 0, KEY_WORDS);
  }

  @Override
  public byte[] value(int record) {
    return words(record, KEY_WORDS, VALUE_WORDS);
  }

  /** All that begins with the same byte. */
  @Override
  public byte[] directory(byte[] key) {
    return new byte[] {key[0]};
  }

  @Override
  public byte @Nullable [] rollupPrefix(int record) {
    return null;
  }

  private static byte[] words(int record, int skipped, int count) {
    long drawn = (long) record * (KEY_WORDS + VALUE_WORDS) + skipped;
    SplitMix64 random = SplitMix64.after(SplitMix64.SEED, drawn);
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putLong(random.next());
    }
    return bytes.array();
  }
}
