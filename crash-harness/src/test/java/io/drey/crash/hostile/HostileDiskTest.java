package io.drey.crash.hostile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.disk.SimulatedDisk;
import io.drey.crash.hostile.Fault.Lasting;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileDiskTest {
  private static final Path A = Path.of("/a");
  private static final Path B = Path.of("/b");

  private final SimulatedDisk below = new SimulatedDisk();

  @Nested
  class AFailedForce {
    private final HostileDisk disk = disk(FaultKind.IO_ERROR, CallKind.FORCE, 1, Lasting.ONCE);

    @Test
    void isToldOfOnce() throws IOException {
      try (StorageFile file = create(disk.vfs(), A)) {
        assertThrows(IOException.class, file::force);
        file.force();
      }
      assertEquals(List.of("IO_ERROR: FORCE a"), disk.strikes());
    }

    @Test
    void losesInAPowerCutWhatTheNextForceDoesNotSave() throws IOException {
      StorageFile file = forcedAt(0, disk);
      write(file, 512, "second");
      file.force();
      Vfs image = afterPowerCut(disk);
      assertEquals("\0\0\0\0\0", read(image, A, 0, 5));
      assertEquals("second", read(image, A, 512, 6));
    }

    @Test
    void losesNothingThatIsWrittenAgainAndForced() throws IOException {
      StorageFile file = forcedAt(0, disk);
      write(file, 0, "first");
      file.force();
      assertEquals("first", read(afterPowerCut(disk), A, 0, 5));
    }

    private StorageFile forcedAt(long position, HostileDisk failing) throws IOException {
      StorageFile file = create(failing.vfs(), A);
      failing.vfs().forceDirectory(Path.of("/"));
      write(file, position, "first");
      assertThrows(IOException.class, file::force);
      return file;
    }
  }

  @Test
  void aLostForceSaysThatAllIsWellAndSavesNothing() throws IOException {
    HostileDisk disk = disk(FaultKind.LOST_FORCE, CallKind.FORCE, 1, Lasting.ONCE);
    StorageFile file = create(disk.vfs(), A);
    disk.vfs().forceDirectory(Path.of("/"));
    write(file, 0, "data");
    file.force();
    assertEquals("", read(afterPowerCut(disk), A, 0, 4));
  }

  @ParameterizedTest
  @EnumSource(
      value = CallKind.class,
      names = {"MAPPED_WRITE"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyCallThatCanFailDoes(CallKind kind) throws IOException {
    HostileDisk disk = disk(FaultKind.IO_ERROR, kind, 1, Lasting.FROM_THEN_ON);
    IOException failure = assertThrows(IOException.class, () -> AllCalls.make(disk.vfs()));
    assertTrue(failure.getMessage().contains("Input/output error"), failure.toString());
    assertTrue(disk.strikes().getFirst().contains(kind.name()), disk.strikes().toString());
    disk.heal();
    AllCalls.make(disk.vfs());
  }

  @Test
  void aFullDiskTakesWritesThatDoNotGrowAFile() throws IOException {
    HostileDisk disk = disk(FaultKind.NO_SPACE, CallKind.WRITE, 2, Lasting.FROM_THEN_ON);
    try (StorageFile file = create(disk.vfs(), A)) {
      write(file, 0, "data");
      write(file, 0, "DATA");
      assertThrows(IOException.class, () -> write(file, 4, "more"));
      assertEquals(4, file.size());
      disk.heal();
      write(file, 4, "more");
    }
    assertEquals("DATAmore", read(below, A, 0, 8));
  }

  @Test
  void aShortWriteDoesAPartAndFails() throws IOException {
    HostileDisk disk = disk(FaultKind.SHORT_WRITE, CallKind.WRITE, 1, Lasting.ONCE);
    try (StorageFile file = create(disk.vfs(), A)) {
      assertThrows(IOException.class, () -> write(file, 0, "x".repeat(1000)));
      assertTrue(file.size() > 0 && file.size() < 1000, "bytes " + file.size());
    }
  }

  @Test
  void aMisdirectedWriteGoesWhereAnotherWent() throws IOException {
    HostileDisk disk = disk(FaultKind.MISDIRECTED_WRITE, CallKind.WRITE, 2, Lasting.ONCE);
    try (StorageFile file = create(disk.vfs(), A)) {
      write(file, 0, "first");
      write(file, 100, "other");
    }
    assertEquals("other", read(below, A, 0, 100));
  }

  @Test
  void aMisdirectedWriteMayGoToAnotherFile() throws IOException {
    boolean toOther = false;
    for (int detail = 0; detail < 64 && !toOther; detail++) {
      SimulatedDisk fresh = new SimulatedDisk();
      Point second = Point.nth(CallKind.WRITE, 2);
      Fault fault = new Fault(FaultKind.MISDIRECTED_WRITE, second, Lasting.ONCE, detail);
      HostileDisk disk = new HostileDisk(fresh, List.of(fault));
      try (StorageFile a = create(disk.vfs(), A);
          StorageFile b = create(disk.vfs(), B)) {
        write(a, 0, "first");
        write(b, 100, "other");
      }
      toOther = read(fresh, A, 0, 5).equals("other");
    }
    assertTrue(toOther);
  }

  @Test
  void aDuplicatedWriteIsInBothPlaces() throws IOException {
    HostileDisk disk = disk(FaultKind.DUPLICATED_WRITE, CallKind.WRITE, 2, Lasting.ONCE);
    try (StorageFile file = create(disk.vfs(), A)) {
      write(file, 0, "first");
      write(file, 100, "other");
    }
    assertEquals("other", read(below, A, 0, 5));
    assertEquals("other", read(below, A, 100, 5));
  }

  @Test
  void aStaleReadGivesWhatTheLastWriteReplaced() throws IOException {
    HostileDisk disk = disk(FaultKind.STALE_READ, CallKind.READ, 1, Lasting.ONCE);
    try (StorageFile file = create(disk.vfs(), A)) {
      write(file, 0, "older");
      write(file, 0, "newer");
    }
    assertEquals("older", read(disk.vfs(), A, 0, 5));
    assertEquals("newer", read(disk.vfs(), A, 0, 5));
  }

  @Test
  void aStaleReadStrikesOnlyWhatWasReplaced() throws IOException {
    HostileDisk disk = disk(FaultKind.STALE_READ, CallKind.READ, 1, Lasting.ONCE);
    create(disk.vfs(), A).close();
    assertEquals("", read(disk.vfs(), A, 0, 5));
    assertEquals(List.of(), disk.strikes());
  }

  @Test
  void aFlippedBitOfAReadIsGoneWithTheNext() throws IOException {
    HostileDisk disk = disk(FaultKind.BIT_FLIP, CallKind.READ, 1, Lasting.ONCE);
    try (StorageFile file = create(disk.vfs(), A)) {
      write(file, 0, "right");
    }
    assertEquals(1, differingBits("right", read(disk.vfs(), A, 0, 5)));
    assertEquals("right", read(disk.vfs(), A, 0, 5));
  }

  @Test
  void aFlippedBitOfAWriteStays() throws IOException {
    HostileDisk disk = disk(FaultKind.BIT_FLIP, CallKind.WRITE, 1, Lasting.ONCE);
    try (StorageFile file = create(disk.vfs(), A)) {
      write(file, 0, "right");
    }
    assertEquals(1, differingBits("right", read(below, A, 0, 5)));
  }

  @Test
  void damageAtRestIsDoneAsSaid() throws IOException {
    try (StorageFile file = create(below, A)) {
      write(file, 0, "x".repeat(1500));
    }
    new Damage(Damage.Kind.FLIPPED_BIT, A, 700, 0).inflict(below);
    assertEquals("xyx", read(below, A, 699, 3));
    new Damage(Damage.Kind.ZEROED_SECTOR, A, 700, 0).inflict(below);
    assertEquals("x" + "\0".repeat(512) + "x", read(below, A, 511, 514));
    new Damage(Damage.Kind.CUT, A, 100, 0).inflict(below);
    assertEquals("x", read(below, A, 99, 10));
  }

  @Test
  void aFaultStrikesFilesOfItsNameOnly() throws IOException {
    Point point = new Point(CallKind.FORCE, "?", 2);
    Fault fault = new Fault(FaultKind.IO_ERROR, point, Lasting.ONCE, 0);
    HostileDisk disk = new HostileDisk(below, List.of(fault));
    try (StorageFile a = create(disk.vfs(), A);
        StorageFile other = create(disk.vfs(), Path.of("/other"))) {
      a.force();
      other.force();
      assertThrows(IOException.class, a::force);
    }
    assertEquals(3, disk.calls(CallKind.FORCE));
  }

  @Test
  void aFaultIsWhatItsTextSays() {
    Point point = new Point(CallKind.WRITE, "log-*.x", 17);
    Fault fault = new Fault(FaultKind.BIT_FLIP, point, Lasting.FROM_THEN_ON, 42);
    assertEquals(fault, Fault.parse(fault.toString()));
    assertThrows(IllegalArgumentException.class, () -> Fault.parse("BIT_FLIP"));
    Point force = Point.nth(CallKind.FORCE, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Fault(FaultKind.SHORT_WRITE, force, Lasting.ONCE, 0));
  }

  @Test
  void aPatternCoversWholeNames() {
    assertTrue(Point.matches("*", ""));
    assertTrue(Point.matches("journal-*", "journal-7"));
    assertTrue(Point.matches("*.l?g", "a.b.log"));
    assertFalse(Point.matches("journal", "journal-7"));
    assertFalse(Point.matches("?", "ab"));
  }

  private HostileDisk disk(FaultKind kind, CallKind call, long ordinal, Lasting lasting) {
    return new HostileDisk(below, List.of(new Fault(kind, Point.nth(call, ordinal), lasting, 1)));
  }

  private Vfs afterPowerCut(HostileDisk disk) throws IOException {
    below.crash();
    SimulatedDisk image = new SimulatedDisk(below.trace().at(below.position()).nothing());
    disk.afterPowerCut(image);
    return image;
  }

  private static StorageFile create(Vfs vfs, Path path) throws IOException {
    return vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED);
  }

  private static void write(StorageFile file, long position, String text) throws IOException {
    file.write(position, MemorySegment.ofArray(bytes(text)));
  }

  private static String read(Vfs vfs, Path path, long position, int length) throws IOException {
    try (StorageFile file = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
      MemorySegment target = MemorySegment.ofArray(new byte[length]);
      int read = file.read(position, target);
      byte[] found = target.asSlice(0, read).toArray(JAVA_BYTE);
      return new String(found, ISO_8859_1);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static int differingBits(String one, String other) {
    byte[] a = bytes(one);
    byte[] b = bytes(other);
    assertEquals(a.length, b.length);
    int bits = 0;
    for (int i = 0; i < a.length; i++) {
      bits += Integer.bitCount((a[i] ^ b[i]) & 0xFF);
    }
    return bits;
  }
}
