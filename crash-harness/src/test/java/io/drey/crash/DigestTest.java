package io.drey.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestTest {
  @Test
  void differsForEveryBitAndEveryLength() {
    Set<Digest> seen = new HashSet<>();
    for (int length = 0; length < 70; length++) {
      assertTrue(seen.add(Digest.of(new byte[length])));
      for (int bit = 0; bit < length * Byte.SIZE; bit++) {
        byte[] content = new byte[length];
        content[bit / Byte.SIZE] = (byte) (1 << bit % Byte.SIZE);
        assertTrue(seen.add(Digest.of(content)), "length " + length + ", bit " + bit);
      }
    }
  }

  @Test
  void tellsWhatComesFirstFromWhatComesSecond() {
    byte[] a = {1};
    byte[] b = {2};
    assertNotEquals(Digest.of(a).then(b), Digest.of(b).then(a));
    assertNotEquals(Digest.of(new byte[] {1, 2}), Digest.of(a).then(b));
  }

  @Test
  void addsUpInAnyOrder() {
    Digest a = Digest.of(new byte[] {1});
    Digest b = Digest.of(new byte[] {2});
    assertEquals(a.plus(b), b.plus(a));
    assertEquals(a, a.plus(b).minus(b));
  }
}
