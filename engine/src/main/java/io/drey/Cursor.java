package io.drey;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The entries of a scan, one by one, in its direction.
 *
 * <p>A cursor belongs to one thread at a time. Between calls it holds no latch and stands in
 * nobody's way: it has copied a section of entries out at one moment and fetches the next section
 * when that is used up. Each section shows one moment; several sections may show several, and a
 * record that moves past the cursor's place in between is met twice or not at all.
 *
 * <p>After {@link #close()}, or after its tree was closed, {@code hasNext} and {@code next} throw
 * {@link ClosedException}.
 */
public interface Cursor extends Iterator<RangeEntry>, AutoCloseable {
  /**
   * Tells whether there is another entry; may read the next section.
   *
   * @throws ClosedException when the cursor or its tree is closed
   */
  @Override
  boolean hasNext();

  /**
   * Takes the next entry. Its arrays are fresh and the caller's own.
   *
   * @throws NoSuchElementException when there is none
   * @throws ClosedException when the cursor or its tree is closed
   */
  @Override
  RangeEntry next();

  /** Gives the cursor's buffer up. Closing twice does nothing more. */
  @Override
  void close();
}
