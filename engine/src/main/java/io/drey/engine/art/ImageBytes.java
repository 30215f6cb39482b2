package io.drey.engine.art;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The bytes of one stored image, for a walk that brings only those into memory which it touches.
 * They do not change: nobody writes a stored image. One thread.
 */
public interface ImageBytes {
  /** Where brought bytes stand; native memory. To be asked for again after each {@link #bring}. */
  MemorySegment memory();

  /**
   * Brings bytes of the image into memory; what was brought before is gone. Eight bytes behind them
   * are readable and may be anything.
   *
   * @param offset offset in the image
   * @param length how many bytes, more than 0
   * @return where in {@link #memory} they begin
   * @throws IndexOutOfBoundsException if they are not all inside the image
   */
  long bring(int offset, int length) throws IOException;
}
