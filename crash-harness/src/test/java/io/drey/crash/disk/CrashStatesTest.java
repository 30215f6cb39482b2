package io.drey.crash.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.vfs.Caching;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CrashStatesTest {
  private static final CrashBounds BOUNDS = CrashBounds.DEFAULT;
  private static final int SECTOR = 512;
  private static final int PAGE = 4096;

  private final SimulatedDisk disk = new SimulatedDisk();
  private StorageFile file;

  @BeforeEach
  void open() throws IOException {
    file = disk.open(Path.of("/file"), OpenMode.CREATE_NEW, Caching.BUFFERED);
    disk.forceDirectory(Path.of("/"));
  }

  @AfterEach
  void close() {
    disk.close();
  }

  private DiskState now() {
    return disk.trace().at(disk.position());
  }

  private void write(long position, int bytes, char content) throws IOException {
    byte[] all = new byte[bytes];
    Arrays.fill(all, (byte) content);
    file.write(position, MemorySegment.ofArray(all));
  }

  /** One letter for each sector of the file: its first byte. */
  private static String sectors(DiskImage image) {
    FileImage file = image.files().get("file");
    StringBuilder letters = new StringBuilder();
    for (long at = 0; at < file.size(); at += SECTOR) {
      byte[] first = new byte[1];
      file.read(at, MemorySegment.ofArray(first));
      letters.append(first[0] == 0 ? '.' : (char) first[0]);
    }
    return letters.toString();
  }

  private Set<String> allSectors() {
    return CrashStates.of(now(), BOUNDS, 1)
        .map(state -> sectors(state.image()))
        .collect(Collectors.toSet());
  }

  @Nested
  class OfFewEffects {
    @Test
    void haveEverySubset() throws IOException {
      for (int i = 0; i < 6; i++) {
        write(i * SECTOR, SECTOR, (char) ('a' + i));
      }
      Set<String> found = allSectors();
      for (int kept = 0; kept < 64; kept++) {
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 6; i++) {
          expected.append((kept >> i & 1) == 1 ? (char) ('a' + i) : '.');
        }
        String subset = expected.toString().replaceAll("[.]+$", "");
        assertTrue(found.contains(subset), subset);
      }
    }
  }

  @Nested
  class OfManyEffects {
    @BeforeEach
    void write() throws IOException {
      for (int i = 0; i < 20; i++) {
        CrashStatesTest.this.write(i * SECTOR, SECTOR, (char) ('a' + i));
      }
    }

    @Test
    void haveEachOneDroppedAndEachOneAlone() {
      Set<String> found = allSectors();
      String all = "abcdefghijklmnopqrst";
      for (int i = 0; i < 19; i++) {
        assertTrue(found.contains(all.substring(0, i) + "." + all.substring(i + 1)));
        assertTrue(found.contains(".".repeat(i) + all.charAt(i)));
      }
    }

    @Test
    void haveEveryPrefixOfAFile() {
      Set<String> found = allSectors();
      for (int i = 0; i <= 20; i++) {
        assertTrue(found.contains("abcdefghijklmnopqrst".substring(0, i)));
      }
    }

    @Test
    void staySmallInNumber() {
      assertTrue(CrashStates.of(now(), BOUNDS, 1).count() < 1_000);
    }
  }

  @Nested
  class OfAWriteUnderWay {
    @Test
    void haveItTornAtSectorsAsPrefixSuffixHoleAndInterleaved() throws IOException {
      write(0, 4 * SECTOR, 'x');
      Set<String> found = allSectors();
      assertTrue(
          found.containsAll(List.of("", "x", "xx", "xxx", "xxxx", "...x", "..xx", "x.xx", "x.x.")));
    }

    @Test
    void haveItTornAtPages() throws IOException {
      write(0, 3 * PAGE, 'x');
      assertTrue(allSectors().contains("xxxxxxxx" + "........" + "xxxxxxxx"));
    }

    @Test
    void haveTheFileGrownWithoutItsData() throws IOException {
      write(0, 100, 'x');
      assertTrue(allSectors().contains("."));
    }

    @Test
    void haveNoiseWhereItIsMissingAndNowhereElse() throws IOException {
      write(0, SECTOR, 'a');
      file.force();
      write(SECTOR, SECTOR, 'x');
      Set<String> found = allSectors();
      assertTrue(
          found.stream()
              .anyMatch(
                  state -> state.length() == 2 && !Set.of('x', '.').contains(state.charAt(1))));
      assertTrue(found.stream().allMatch(state -> state.charAt(0) == 'a'));
    }
  }

  @Nested
  class OfAMappedFile {
    @Test
    void haveItsPagesInDifferentVersions() throws IOException {
      write(0, 2 * PAGE, '0');
      file.force();
      try (MappedRegion region = file.map(0, 2 * PAGE)) {
        for (char version = '1'; version <= '3'; version++) {
          region.segment().fill((byte) version);
          region.dirty(0, 2 * PAGE);
        }
        Set<String> versions = new HashSet<>();
        for (String state : allSectors()) {
          versions.add("" + state.charAt(0) + state.charAt(8));
        }
        assertTrue(
            versions.containsAll(List.of("00", "33", "13", "31", "20", "02")), versions::toString);
      }
    }
  }

  @Nested
  class WithTheNewestEffect {
    @Test
    void areThoseThatThePositionBeforeDidNotHave() throws IOException {
      write(0, SECTOR, 'a');
      Set<DiskImage> before = images(CrashStates.of(now(), BOUNDS, 1).toList());
      write(SECTOR, SECTOR, 'b');
      List<CrashState> all = CrashStates.of(now(), BOUNDS, 1).toList();
      List<CrashState> some = CrashStates.withNewest(now(), BOUNDS, 1).toList();
      assertTrue(some.size() < all.size(), some.size() + " of " + all.size());
      Set<DiskImage> together = images(some);
      together.addAll(before);
      assertTrue(together.containsAll(images(all)));
    }

    private Set<DiskImage> images(List<CrashState> states) {
      return states.stream().map(CrashState::image).collect(Collectors.toSet());
    }
  }

  @Nested
  class Enumerating {
    @Test
    void givesTheSameStatesForTheSameSeedAndOthersForAnother() throws IOException {
      for (int i = 0; i < 20; i++) {
        write(i * PAGE, PAGE, 'x');
      }
      List<CrashState> states = CrashStates.of(now(), BOUNDS, 1).toList();
      DiskState same = now();
      assertEquals(fates(states), fates(CrashStates.of(same, BOUNDS, 1).toList()));
      assertNotEquals(fates(states), fates(CrashStates.of(same, BOUNDS, 2).toList()));
    }

    private List<List<Fate>> fates(List<CrashState> states) {
      return states.stream().map(CrashState::fates).toList();
    }

    @Test
    void isThinnedOutWhenAskedTo() throws IOException {
      for (int i = 0; i < 8; i++) {
        write(i * PAGE, PAGE, 'x');
      }
      long all = CrashStates.of(now(), BOUNDS, 1).count();
      long some = CrashStates.of(now(), new CrashBounds(10, 24, 8), 1).count();
      assertTrue(some > all / 16 && some < all / 4, some + " of " + all);
    }
  }
}
