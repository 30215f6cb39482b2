package io.drey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The values, errors and options of the public package. */
class ValuesTest {
  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  @Nested
  class RecordsWithArrays {
    @Test
    void areEqualByContent() {
      assertEquals(new Entry(bytes("k"), bytes("v"), 7), new Entry(bytes("k"), bytes("v"), 7));
      assertEquals(
          new RangeEntry.Key(bytes("k"), bytes("v"), 7),
          new RangeEntry.Key(bytes("k"), bytes("v"), 7));
      assertEquals(
          new RangeEntry.CommonPrefix(bytes("p/")), new RangeEntry.CommonPrefix(bytes("p/")));
    }

    @Test
    void hashEqualWhenTheyAreEqual() {
      assertEquals(
          new Entry(bytes("k"), bytes("v"), 7).hashCode(),
          new Entry(bytes("k"), bytes("v"), 7).hashCode());
      assertEquals(
          new RangeEntry.Key(bytes("k"), bytes("v"), 7).hashCode(),
          new RangeEntry.Key(bytes("k"), bytes("v"), 7).hashCode());
      assertEquals(
          new RangeEntry.CommonPrefix(bytes("p/")).hashCode(),
          new RangeEntry.CommonPrefix(bytes("p/")).hashCode());
    }

    @Test
    void differInEachComponent() {
      Entry entry = new Entry(bytes("k"), bytes("v"), 7);
      assertNotEquals(entry, new Entry(bytes("l"), bytes("v"), 7));
      assertNotEquals(entry, new Entry(bytes("k"), bytes("w"), 7));
      assertNotEquals(entry, new Entry(bytes("k"), bytes("v"), 8));
      assertNotEquals(
          new RangeEntry.CommonPrefix(bytes("p")), new RangeEntry.CommonPrefix(bytes("q")));
    }

    @Test
    void showTheirContent() {
      assertEquals(
          "Entry[key=\"a\", value=\"\\x00\", version=1]",
          new Entry(bytes("a"), new byte[1], 1).toString());
      assertEquals(
          "CommonPrefix[prefix=\"a/\"]", new RangeEntry.CommonPrefix(bytes("a/")).toString());
    }
  }

  @Nested
  class TheTextOfAKey {
    @Test
    void escapesWhatIsNotPrintable() {
      assertEquals("\"a\\\\\\\"\\n\\x00\\xff\"", KeyText.of(bytes("a\\\"\n\0\u00ff")));
    }

    @Test
    void isWholeUpToTheLimit() {
      assertEquals("\"" + "a".repeat(80) + "\"", KeyText.of(bytes("a".repeat(80))));
    }

    @Test
    void isCutBeyondTheLimitAndSaysSo() {
      assertEquals("\"" + "a".repeat(80) + "\"... (81 bytes)", KeyText.of(bytes("a".repeat(81))));
    }

    @Test
    void isNeverCutInsideAnEscape() {
      assertEquals("\"" + "\\x00".repeat(20) + "\"... (65535 bytes)", KeyText.of(new byte[65_535]));
    }
  }

  @Nested
  class AConfiguration {
    @Test
    void ofADirectoryIsDirectAndCheckpointsInTheBackground() {
      TreeConfig config = TreeConfig.at(Path.of("d"));

      assertEquals(new Storage.Direct(Path.of("d")), config.storage());
      assertEquals(Durability.OS, config.durability());
      assertTrue(config.checkpoint().background());
      assertEquals(64L << 20, config.checkpoint().journalBytes());
      assertEquals(256L << 20, config.poolBytes());
      assertEquals(Access.READ_WRITE, config.access());
    }

    @Test
    void refusesAPoolBelowTheMinimum() {
      long minimum = TreeConfig.minimumPoolBytes();

      assertEquals(minimum, TreeConfig.memory().withPoolBytes(minimum).poolBytes());
      assertThrows(
          IllegalArgumentException.class, () -> TreeConfig.memory().withPoolBytes(minimum - 1));
    }

    @Test
    void refusesToReadATreeInMemoryThatNobodyWrote() {
      TreeConfig config = TreeConfig.memory().withAccess(Access.READ_ONLY);
      assertThrows(IllegalArgumentException.class, () -> Tree.open(config));
    }

    @Test
    void refusesCheckpointMeasuresOutOfRange() {
      Duration second = Duration.ofSeconds(1);
      for (double share : new double[] {0, -1, 1.01, Double.NaN}) {
        assertThrows(
            IllegalArgumentException.class, () -> new CheckpointPolicy(true, second, 1, share));
      }
      assertThrows(
          IllegalArgumentException.class, () -> new CheckpointPolicy(true, Duration.ZERO, 1, 1));
      assertThrows(IllegalArgumentException.class, () -> new CheckpointPolicy(true, second, 0, 1));
    }
  }

  @Nested
  class AnError {
    @Test
    void keepsACopyOfTheKey() {
      byte[] key = bytes("key");
      KeyNotFoundException error = new KeyNotFoundException(key);
      key[0] = 0;
      error.key()[1] = 0;

      assertEquals("key", new String(error.key(), ISO_8859_1));
    }

    @Test
    void namesThePlaceOfADamage() {
      CorruptionException error =
          new CorruptionException(Check.FRAME_CHECKSUM, Path.of("data"), 4096, 9, "page 1");

      assertTrue(
          error.getMessage().startsWith("FRAME_CHECKSUM in data in blob 9 at byte 4096: page 1"));
      assertEquals(9, error.blob());
      assertEquals(4096, error.offset());
    }
  }

  @Nested
  class Statistics {
    @Test
    void addTheBlobsUp() {
      TreeStats stats =
          new TreeStats(
              List.of(new BlobStats(1, 10, 1, 2, 3, 4), new BlobStats(2, 20, 2, 3, 4, 5)),
              TreeStats.DataAccess.NONE,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0,
              0);

      assertEquals(30, stats.bytesUsed());
      assertEquals(3, stats.gapBytes());
      assertEquals(5, stats.leaves());
      assertEquals(7, stats.edges());
      assertEquals(9, stats.compactions());
    }
  }
}
