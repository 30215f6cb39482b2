package io.drey.crash.kill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.crash.hostile.CallKind;
import io.drey.crash.hostile.Point;
import io.drey.crash.hostile.TappedVfs;
import io.drey.crash.kill.KillPoint.Side;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillPointTest {
  private static final Path SECOND = Path.of("/second");

  @Test
  void isWhatItsTextSays() {
    KillPoint point = new KillPoint(Side.AFTER, new Point(CallKind.RENAME, "manifest-*", 2));
    assertEquals("AFTER RENAME manifest-*#2", point.toString());
    assertEquals(point, KillPoint.parse(point.toString()));
    assertThrows(IllegalArgumentException.class, () -> KillPoint.parse("WHENEVER WRITE *#1"));
    assertThrows(IllegalArgumentException.class, () -> KillPoint.parse("BEFORE"));
  }

  /** The second directory of that name is there only if the point is behind the call. */
  @ParameterizedTest
  @EnumSource
  @Timeout(20)
  void standsBeforeOrAfterTheCall(Side side) throws Exception {
    Vfs below = Vfs.memory();
    CountDownLatch reached = new CountDownLatch(1);
    Point point = new Point(CallKind.CREATE_DIRECTORY, "*", 2);
    StandStill tap = new StandStill(new KillPoint(side, point), reached::countDown);
    Vfs tapped = new TappedVfs(below, tap);
    Thread standing = Thread.ofPlatform().daemon().start(() -> createBoth(tapped));
    reached.await();
    assertTrue(below.exists(Path.of("/first")));
    assertEquals(side == Side.AFTER, below.exists(SECOND));
    standing.interrupt();
    assertTrue(standing.isAlive());
    assertEquals(2, tap.calls().get(CallKind.CREATE_DIRECTORY));
    assertFalse(below.exists(Path.of("/third")));
  }

  private static void createBoth(Vfs vfs) {
    try {
      vfs.createDirectory(Path.of("/first"));
      vfs.createDirectory(SECOND);
      vfs.createDirectory(Path.of("/third"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
