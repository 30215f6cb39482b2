package io.drey.crash.disk;

import io.drey.crash.disk.Effect.Write;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.SplittableRandom;

/** What a crash made of a pending effect. */
public sealed interface Fate {
  /** It happened. */
  Fate KEPT = new Kept();

  /** It did not happen. */
  Fate DROPPED = new Dropped();

  /** See {@link #KEPT}. */
  record Kept() implements Fate {
    @Override
    public String toString() {
      return "kept";
    }
  }

  /** See {@link #DROPPED}. */
  record Dropped() implements Fate {
    @Override
    public String toString() {
      return "dropped";
    }
  }

  /** What is where the lost parts of a write should be. */
  enum Rest {
    /** What was there before, and the file ends behind the last part that survived. */
    SHORT,
    /** What was there before, zeros beyond the old end; the file has its new size. */
    OLD,
    /** Noise; the file has its new size. */
    NOISE
  }

  /**
   * Some parts of a write happened. Parts are the pieces that the multiples of {@code unit},
   * counted from the start of the file, cut it into.
   *
   * @param survivors the parts that happened, counted from 0; not to be changed
   */
  record Torn(int unit, BitSet survivors, Rest rest) implements Fate {
    @Override
    public String toString() {
      return "torn: of its parts of %d bytes only %s, rest %s".formatted(unit, survivors, rest);
    }

    FileImage applyTo(FileImage before, Write write) {
      FileImage image = rest == Rest.SHORT ? before : before.grow(write.end());
      int parts = parts(write, unit);
      for (int from = 0; from < parts; ) {
        boolean survives = survivors.get(from);
        int to = survives ? survivors.nextClearBit(from) : survivors.nextSetBit(from);
        to = to < 0 ? parts : Math.min(to, parts);
        Write part = write.part(start(write, from), start(write, to));
        if (survives) {
          image = image.write(part.position(), part.bytes());
        } else if (rest == Rest.NOISE) {
          image = image.write(part.position(), noise(part));
        }
        from = to;
      }
      return image;
    }

    private long start(Write write, int part) {
      return (write.position() / unit + part) * unit;
    }

    private static MemorySegment noise(Write part) {
      byte[] noise = new byte[Math.toIntExact(part.bytes().byteSize())];
      new SplittableRandom(part.position() ^ noise.length).nextBytes(noise);
      return MemorySegment.ofArray(noise);
    }
  }

  /** How many parts of {@code unit} bytes a write touches. */
  static int parts(Write write, int unit) {
    long first = write.position() / unit;
    return Math.toIntExact((write.end() - 1) / unit - first + 1);
  }
}
