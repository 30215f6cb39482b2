package io.drey;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A read-modify-write of one record: reads it, lets the caller's function make the new value
 * outside of everything, and installs that if the record still is what was read; else all over.
 *
 * <p>A version is never given twice, so what is installed replaces exactly what the function saw.
 */
final class Update {
  private final Reads reads;
  private final Writes writes;

  /** The caller's key, and the key in the physical tree. */
  private final byte[] key;

  private final byte[] physical;

  Update(Reads reads, Writes writes, byte[] key, byte[] physical) {
    this.reads = reads;
    this.writes = writes;
    this.key = key.clone();
    this.physical = physical;
  }

  /** The value that was installed, null = the record is gone. */
  byte @Nullable [] run(UnaryOperator<byte @Nullable []> change) {
    while (true) {
      Entry before = reads.entry(key);
      byte[] made = change.apply(before == null ? null : before.value());
      // What the function gave it may keep and change; what is written and returned may not move.
      byte[] after = made == null ? null : Limits.checkValue(made.clone());
      if (before == null && after == null) {
        return null;
      }
      KeyChange install = KeyChange.update(physical, before, after);
      writes.run(install);
      if (install.applied) {
        return after;
      }
    }
  }
}
