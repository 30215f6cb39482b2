package io.drey.recovery.mutate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.recovery.Engine;
import io.drey.vfs.Vfs;
import java.lang.classfile.TypeKind;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The loader behind the canaries. */
final class MutatedClassesTest {
  private static final String LINK = "io.drey.journal.SegmentName";

  private static Object nameOf(MutatedClasses classes, long number) throws Exception {
    Method of = classes.loadClass(LINK).getDeclaredMethod("of", long.class);
    of.setAccessible(true);
    return of.invoke(null, number);
  }

  @Nested
  final class AMutation {
    @Test
    void changesItsMethodAndNothingElse() throws Exception {
      Mutation mutation =
          Mutation.in("journal.SegmentName", "of")
              .does("always the same", code -> code.loadConstant("journal").areturn());
      assertEquals("journal", nameOf(MutatedClasses.of(8192, List.of(mutation)), 7));
      assertEquals("journal-0000000000000007", nameOf(MutatedClasses.of(8192, List.of()), 7));
    }

    @Test
    void isRefusedWhenItsMethodIsNotThere() {
      assertRefused(Mutation.in("journal.SegmentName", "nowhere").doesNothing(TypeKind.VOID));
    }

    @Test
    void isRefusedWhenItsClassIsNotThere() {
      assertRefused(Mutation.in("journal.Nowhere", "of").doesNothing(TypeKind.VOID));
    }

    @Test
    void isRefusedWhenItsCallIsNotThere() {
      assertRefused(Mutation.in("journal.SegmentName", "of").withoutCall("String.format", 2));
      assertRefused(Mutation.in("journal.SegmentName", "of").withoutCall("String.valueOf", 1));
    }

    @Test
    void isRefusedWhenItsBranchOrConstantIsNotThere() {
      assertRefused(Mutation.in("journal.SegmentName", "of").branch(1, Mutation.Branch.ALWAYS));
      assertRefused(Mutation.in("journal.SegmentName", "of").constant("journal", "journal-", 1));
    }

    private static void assertRefused(Mutation mutation) {
      assertThrows(
          IllegalArgumentException.class, () -> MutatedClasses.of(8192, List.of(mutation)));
    }
  }

  @Nested
  final class TwoLoads {
    @Test
    void haveTheirOwnFrameSizes() throws Exception {
      assertEquals(8192, frameBytes(MutatedClasses.of(8192, List.of())));
      assertEquals(524_288, frameBytes(MutatedClasses.of(524_288, List.of())));
    }

    private static int frameBytes(MutatedClasses classes) throws Exception {
      Field bytes = classes.loadClass("io.drey.engine.layout.FrameSize").getField("BYTES");
      return bytes.getInt(null);
    }

    @Test
    void shareTheFileSystemAndTheHarnessAndNotTheEngine() throws Exception {
      MutatedClasses one = MutatedClasses.of(8192, List.of());
      MutatedClasses other = MutatedClasses.of(8192, List.of());
      assertSame(Vfs.class, one.loadClass(Vfs.class.getName()));
      assertSame(Engine.class, other.loadClass(Engine.class.getName()));
      assertNotSame(one.loadClass("io.drey.Tree"), other.loadClass("io.drey.Tree"));
    }
  }
}
