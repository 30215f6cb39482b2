package io.drey.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.CorruptionException;
import io.drey.Durability;
import io.drey.FormatException;
import io.drey.Tree;
import io.drey.TreeConfig;
import io.drey.TreeOn;
import io.drey.Violation;
import io.drey.testing.Directories;
import io.drey.testing.Limits;
import io.drey.testing.Stores;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store whose files were damaged while it was closed, as a killed process left it: some records
 * checkpointed, some in the journal alone.
 *
 * <p>Whatever byte is hit, the outcome is a typed error that names file and place, or exactly the
 * right data. There is one exception, by design: the last record of the journal, which nothing
 * proves to have been forced, ends the log when it is damaged; and where a whole block is lost, so
 * do the records before it in that block.
 */
@Tag("both-sizes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedFilesTest {
  private static final long SEED = Long.getLong("io.drey.damage.seed", 11);
  private static final int CHECKPOINTED = 700;
  private static final int RECORDS = 760;
  private static final int RANDOM_PLACES = Limits.FRAME_BYTES > 8_192 ? 8 : 25;
  private static final int BLOCK_BYTES = 4_096;
  private static final int BLOCKS = 6;
  private static final int CUTS_MAX = 60;

  private Path ground = Path.of("");
  private Path original = Path.of("");
  private int copies;

  /** What became of a damaged store. */
  private enum Fate {
    /** Opening told what is broken. */
    REFUSED,
    /** It opened, and reading or checking told what is broken. */
    FOUND_LATER,
    RIGHT,
    SHORTENED
  }

  @BeforeAll
  void build(@TempDir Path place) throws IOException {
    ground = place;
    Path living = ground.resolve("living");
    original = ground.resolve("original");
    TreeConfig config = Stores.config(living).withDurability(Durability.SYNC);
    try (Tree tree = TreeOn.vfs(config, Vfs.disk())) {
      Stores.fill(tree, 0, CHECKPOINTED / 2);
    }
    try (Tree tree = TreeOn.vfs(config, Vfs.disk())) {
      Stores.fill(tree, CHECKPOINTED / 2, CHECKPOINTED);
      tree.checkpoint();
      Stores.fill(tree, CHECKPOINTED, RECORDS);
      Directories.copy(living, original);
    }
    assertEquals(Fate.RIGHT, fate(copy(), 0));
  }

  @Test
  void aFlippedBitOfTheManifestIsRefusedOrHarmless() throws IOException {
    flipEverywhere("manifest-", 200);
  }

  @Test
  void aFlippedBitOfTheJournalIsRefusedOrHarmlessOrEndsItBeforeItsLastRecord() throws IOException {
    flipEverywhere("journal-", 96);
  }

  @Test
  void aFlippedBitOfTheDataFileIsRefusedOrHarmless() throws IOException {
    flipEverywhere("data", 120);
  }

  @Test
  void aFileThatWasCutIsRefusedOrHarmless() throws IOException {
    for (Path file : originals()) {
      int size = (int) Files.size(file);
      TreeSet<Integer> lengths = new TreeSet<>(List.of(0, 1, 17, size / 2, size - 4096, size - 1));
      for (int length : lengths) {
        if (length >= 0 && length < size) {
          byte[] bytes = Arrays.copyOf(Files.readAllBytes(file), length);
          assertNothingWrong(file, bytes, "cut to " + length + " of " + size);
        }
      }
    }
  }

  @Test
  void aManifestThatWasCutAnywhereIsRefusedOrHarmless() throws IOException {
    for (Path file : originals()) {
      byte[] bytes = Files.readAllBytes(file);
      int cuts = Math.min(CUTS_MAX, bytes.length / 8);
      for (int cut = 0; name(file).startsWith("manifest-") && cut < cuts; cut++) {
        int length = bytes.length / 8 * cut / cuts * 8;
        assertNothingWrong(file, Arrays.copyOf(bytes, length), "cut to " + length);
      }
    }
  }

  @Test
  void aFileThatWasRemovedIsRefusedOrHarmless() throws IOException {
    for (Path file : originals()) {
      assertNothingWrong(file, null, "removed");
    }
  }

  @Test
  void aFileWithBytesAddedIsRefusedOrHarmless() throws IOException {
    for (Path file : originals()) {
      byte[] bytes = Files.readAllBytes(file);
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 5_000);
      Arrays.fill(longer, bytes.length, longer.length, (byte) 0x5a);
      assertNothingWrong(file, longer, "with bytes added");
    }
  }

  @Test
  void aBlockThatWasLostIsRefusedOrHarmless() throws IOException {
    for (Path file : originals()) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length && at < BLOCKS * BLOCK_BYTES; at += BLOCK_BYTES) {
        for (byte fill : new byte[] {0, (byte) 0xd5}) {
          byte[] bytes = whole.clone();
          Arrays.fill(bytes, at, Math.min(bytes.length, at + BLOCK_BYTES), fill);
          assertNothingWrong(file, bytes, "with a block of %02x at %d".formatted(fill, at));
        }
      }
    }
  }

  /** Flips a bit of many bytes at the file's head and of random bytes that are not zero. */
  private void flipEverywhere(String name, int headBytes) throws IOException {
    int noticed = 0;
    for (Path file : originals()) {
      if (name(file).startsWith(name)) {
        byte[] bytes = Files.readAllBytes(file);
        for (int place : places(bytes, headBytes)) {
          byte[] damaged = bytes.clone();
          damaged[place] ^= (byte) (1 << (place * 5 + 3) % 8);
          Fate fate = assertNothingWrong(file, damaged, "flipped at " + place);
          noticed += fate == Fate.RIGHT ? 0 : 1;
        }
      }
    }
    assertTrue(noticed > 0, "no flip was noticed (seed " + SEED + ")");
  }

  private static List<Integer> places(byte[] bytes, int headBytes) {
    Random random = new Random(SEED);
    TreeSet<Integer> places = new TreeSet<>();
    for (int place = 0; place < Math.min(headBytes, bytes.length); place += 3) {
      places.add(place);
    }
    int wanted = places.size() + RANDOM_PLACES;
    for (int tries = 0; bytes.length > 0 && tries < 4_000 && places.size() < wanted; tries++) {
      int place = random.nextInt(bytes.length);
      if (bytes[place] != 0) {
        places.add(place);
      }
    }
    return new ArrayList<>(places);
  }

  private List<Path> originals() throws IOException {
    return Directories.files(original);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private Path copy() throws IOException {
    Path copy = ground.resolve("copy-" + copies++);
    Directories.copy(original, copy);
    return copy;
  }

  /**
   * Opens a copy of the store in which {@code file} has other bytes, or is missing for null. Where
   * opening is refused, the file's own bytes put back make the store whole again.
   */
  private Fate assertNothingWrong(Path file, byte @Nullable [] bytes, String damage)
      throws IOException {
    Path directory = copy();
    Path place = directory.resolve(name(file));
    try {
      if (bytes == null) {
        Files.delete(place);
      } else {
        Files.write(place, bytes);
      }
      Fate fate = fate(directory, unproven(file, bytes));
      if (fate == Fate.REFUSED) {
        Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
        assertEquals(Fate.RIGHT, fate(directory, 0), "with the file put back");
      }
      return fate;
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(name(file) + " " + damage + ": " + e, e);
    } finally {
      Directories.delete(directory);
    }
  }

  /** Returns how many records may be missing: none, unless the journal's end was hit. */
  private static int unproven(Path file, byte @Nullable [] bytes) throws IOException {
    String last = new String(Stores.key(RECORDS - 1), ISO_8859_1);
    int place = new String(Files.readAllBytes(file), ISO_8859_1).indexOf(last);
    if (!name(file).startsWith("journal") || bytes == null || place < 0) {
      return 0;
    }
    boolean hitsTheEnd = place >= bytes.length || bytes[place] != last.charAt(0);
    return hitsTheEnd ? RECORDS - CHECKPOINTED : 1;
  }

  /** Opens and reads everything, or is told what is broken and where. */
  private static Fate fate(Path directory, int unproven) {
    boolean opened = false;
    try (Tree tree = TreeOn.vfs(Stores.config(directory), Vfs.disk())) {
      opened = true;
      return fate(directory, tree, unproven);
    } catch (CorruptionException e) {
      assertNames(directory, e.file(), String.valueOf(e.getMessage()));
    } catch (FormatException e) {
      assertNames(directory, e.file(), String.valueOf(e.getMessage()));
    }
    return opened ? Fate.FOUND_LATER : Fate.REFUSED;
  }

  private static Fate fate(Path directory, Tree tree, int unproven) {
    NavigableMap<byte[], byte[]> contents = Stores.contents(tree);
    for (int number = 0; number < contents.size(); number++) {
      if (!Arrays.equals(Stores.value(number), contents.get(Stores.key(number)))) {
        throw new AssertionError("record " + number + " is not what was stored");
      }
    }
    assertTrue(
        contents.size() >= RECORDS - unproven && contents.size() <= RECORDS,
        contents.size() + " of " + RECORDS + " records");
    List<Violation> violations = tree.check();
    for (Violation violation : violations) {
      assertNames(directory, violation.file(), violation.toString());
    }
    if (!violations.isEmpty()) {
      return Fate.FOUND_LATER;
    }
    return contents.size() == RECORDS ? Fate.RIGHT : Fate.SHORTENED;
  }

  private static void assertNames(Path directory, @Nullable Path file, String message) {
    assertTrue(file != null && file.startsWith(directory), "names no file: " + message);
    assertTrue(message.contains(String.valueOf(file)), "the message names no file: " + message);
  }
}
