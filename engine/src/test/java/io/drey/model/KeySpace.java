package io.drey.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.drey.testing.Limits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * A finite set of keys, each with a number. The empty key and a key one byte over the limit are in
 * every one of them: the latter has the highest number.
 */
enum KeySpace {
  /** Short strings over four bytes, zero among them: nearly every key is a prefix of others. */
  NESTED {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      byte[] alphabet = {0, 1, '/', (byte) 0xff};
      for (int number = 0; keys.size() < count; number++) {
        int length = 1;
        int rest = number;
        for (int all = 4; rest >= all; all *= 4) {
          rest -= all;
          length++;
        }
        byte[] key = new byte[length];
        for (int i = 0; i < length; i++) {
          key[i] = alphabet[rest >>> (2 * i) & 3];
        }
        keys.add(key);
      }
    }
  },

  /** Paths of files, and of the directories that hold them. */
  PATHS {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      for (int file = 0; keys.size() < count; file++) {
        String directory =
            "/usr/share/category-%02d/package-%03d/".formatted(file % 7, file / 7 % 41);
        keys.add((directory + "file-%06d.bin".formatted(file)).getBytes(ISO_8859_1));
        if (file < count / 20) {
          keys.add(directory.getBytes(ISO_8859_1));
        }
      }
    }
  },

  /** Keys of the greatest length and of lengths near it, different in one byte somewhere. */
  LONG {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      while (keys.size() < count) {
        int length = Limits.KEY_BYTES_MAX;
        switch (random.nextInt(4)) {
          case 0 -> length -= random.nextInt(4);
          case 1 -> length = 1 + random.nextInt(length);
          default -> {}
        }
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 'k');
        int place =
            switch (random.nextInt(3)) {
              case 0 -> length - 1;
              case 1 -> length / 2;
              default -> random.nextInt(length);
            };
        key[place] = (byte) random.nextInt(256);
        keys.add(key);
      }
    }
  },

  /** Random strings of 1 to 40 bytes. */
  RANDOM {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      while (keys.size() < count) {
        byte[] key = new byte[1 + random.nextInt(40)];
        random.nextBytes(key);
        keys.add(key);
      }
    }
  },

  /** Two and three bytes of all values: the widest nodes, filled and emptied. */
  WIDE {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      int first = Math.max(1, count / 300);
      while (keys.size() < count) {
        byte[] key = new byte[random.nextInt(8) == 0 ? 3 : 2];
        random.nextBytes(key);
        key[0] = (byte) (random.nextInt(first) * 37);
        keys.add(key);
      }
    }
  },

  /** Binary strings of 144 bytes, eight bytes to one of content, as bit-expanded hashes are. */
  EXPANDED {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      while (keys.size() < count) {
        byte[] key = new byte[144];
        long bits = random.nextLong();
        for (int i = 0; i < key.length; i++) {
          key[i] = (byte) (bits >>> (i / 8 % 64) & 1);
        }
        key[143] = (byte) random.nextInt(3);
        keys.add(key);
      }
    }
  },

  /** Some of each of the others. */
  MIXED {
    @Override
    void fill(TreeSet<byte[]> keys, int count, Random random) {
      NESTED.fill(keys, count / 4, random);
      PATHS.fill(keys, count / 2, random);
      LONG.fill(keys, count / 2 + 20, random);
      RANDOM.fill(keys, count * 3 / 4, random);
      WIDE.fill(keys, count, random);
    }
  };

  /** Adds keys until there are {@code count}. */
  abstract void fill(TreeSet<byte[]> keys, int count, Random random);

  /** Returns {@code count} keys, or a few more; the same for the same arguments. */
  List<byte[]> keys(int count, long seed) {
    TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
    sorted.add(new byte[0]);
    Random random = new Random(seed);
    fill(sorted, count, random);
    List<byte[]> keys = new ArrayList<>(sorted);
    if (random.nextBoolean()) {
      Collections.shuffle(keys, random);
    }
    keys.add(new byte[Limits.KEY_BYTES_MAX + 1]);
    return keys;
  }
}
