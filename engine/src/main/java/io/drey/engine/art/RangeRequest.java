package io.drey.engine.art;

import java.util.Arrays;

/**
 * What a range walk looks for: the keys of one tree with a common beginning, one by one or rolled
 * up at a delimiter, in one of both directions. Immutable; the arrays belong to the request and are
 * never changed.
 *
 * <p>The entries of a range are ordered by their <em>names</em>: the key of a record, or the common
 * prefix. Names are distinct, and their order is the order of the records that they stand for. A
 * descending walk shows the same entries from the last to the first, and "strictly beyond k" means
 * the names greater than k in an ascending walk, and those smaller than k in a descending one.
 *
 * <p>Bounds are byte strings over whole physical keys, the tree's own bytes first. The bound of an
 * ascending walk is inclusive: "strictly beyond k" is the bound k + 0x00, and "beyond everything
 * that begins with p" is the successor of p. A descending walk ends strictly below its bound: what
 * begins with p orders behind p, so p is the bound beyond a key and beyond a common prefix alike. A
 * bound never orders before {@link #prefix}.
 */
public final class RangeRequest {
  private static final byte[] NONE = {};

  /** What every physical key that counts begins with; the tree's own bytes are its beginning. */
  final byte[] prefix;

  /** How many bytes of a physical key belong to the tree and not to the user's key. */
  final int treeBytes;

  /** Keys are rolled up at its first occurrence behind the prefix; empty means they are not. */
  final byte[] delimiter;

  /** Whether values are copied as well. */
  final boolean values;

  /** Whether the walk goes from the greatest key to the smallest. */
  public final boolean descending;

  private RangeRequest(
      byte[] prefix, int treeBytes, byte[] delimiter, boolean values, boolean descending) {
    this.prefix = prefix;
    this.treeBytes = treeBytes;
    this.delimiter = delimiter;
    this.values = values;
    this.descending = descending;
  }

  /**
   * Asks for the records below {@code userPrefix} in the tree whose keys begin with {@code tree}.
   */
  public static RangeRequest below(byte[] tree, byte[] userPrefix) {
    byte[] prefix = Arrays.copyOf(tree, tree.length + userPrefix.length);
    System.arraycopy(userPrefix, 0, prefix, tree.length, userPrefix.length);
    return new RangeRequest(prefix, tree.length, NONE, true, false);
  }

  /** Returns the same request rolled up at {@code delimiter}; an empty one rolls nothing up. */
  public RangeRequest rolledUpAt(byte[] delimiter) {
    return new RangeRequest(prefix, treeBytes, delimiter.clone(), values, descending);
  }

  /** Returns the same request without values. */
  public RangeRequest withoutValues() {
    return new RangeRequest(prefix, treeBytes, delimiter, false, descending);
  }

  /** Returns the same request in the opposite direction. */
  public RangeRequest reversed() {
    return new RangeRequest(prefix, treeBytes, delimiter, values, !descending);
  }

  /**
   * Sets {@code bound} to the first key that may be in the range.
   *
   * @return whether there may be any
   */
  boolean start(KeyBound bound) {
    bound.set(prefix, prefix.length);
    bound.coversBelow = true;
    return true;
  }

  /**
   * Sets {@code bound} to the first key strictly beyond {@code userKey} that may be in the range.
   * What rolls up to a common prefix that is not strictly beyond {@code userKey} is left behind.
   *
   * @return whether there may be any
   */
  boolean startAfter(byte[] userKey, KeyBound bound) {
    bound.set(prefix, treeBytes);
    bound.append(userKey, 0, userKey.length);
    if (descending) {
      bound.coversBelow = false;
      return clampBelow(bound);
    }
    bound.append((byte) 0);
    bound.coversBelow = true;
    return clamp(bound);
  }

  /** As {@link #startAfter}, for a key that is a range of an array and known to be in the range. */
  boolean resumeAfterKey(byte[] buffer, int offset, int length, KeyBound bound) {
    if (descending) {
      return resumeBelow(buffer, offset, length, bound);
    }
    bound.set(prefix, treeBytes);
    bound.append(buffer, offset, length);
    bound.append((byte) 0);
    bound.coversBelow = true;
    return true;
  }

  /** Sets {@code bound} beyond everything below a common prefix; false when nothing is left. */
  boolean resumeAfterPrefix(byte[] buffer, int offset, int length, KeyBound bound) {
    if (descending) {
      return resumeBelow(buffer, offset, length, bound);
    }
    bound.set(prefix, treeBytes);
    bound.append(buffer, offset, length);
    bound.coversBelow = true;
    return bound.toSuccessor(treeBytes) && bound.startsWith(prefix);
  }

  /** Only the range's own prefix has nothing of the range below it. */
  private boolean resumeBelow(byte[] buffer, int offset, int length, KeyBound bound) {
    bound.set(prefix, treeBytes);
    bound.append(buffer, offset, length);
    bound.coversBelow = false;
    return bound.length > prefix.length;
  }

  private boolean clamp(KeyBound bound) {
    int order = Arrays.compareUnsigned(bound.bytes, 0, bound.length, prefix, 0, prefix.length);
    if (order <= 0) {
      return start(bound);
    }
    if (!bound.startsWith(prefix)) {
      return false;
    }
    return leaveOpenPrefix(bound);
  }

  private boolean clampBelow(KeyBound bound) {
    int order = Arrays.compareUnsigned(bound.bytes, 0, bound.length, prefix, 0, prefix.length);
    if (order <= 0) {
      return false;
    }
    if (!bound.startsWith(prefix)) {
      return start(bound);
    }
    int end = endOfOpenPrefix(bound);
    if (end >= 0) {
      bound.cut(end);
      bound.coversBelow = true;
    }
    return true;
  }

  /**
   * Moves a bound from inside a common prefix behind it. Afterwards a delimiter in the bound can
   * only be its very end, so a walk along the bound never meets half a common prefix.
   */
  private boolean leaveOpenPrefix(KeyBound bound) {
    int end = endOfOpenPrefix(bound);
    if (end < 0) {
      return true;
    }
    bound.cut(end);
    return bound.toSuccessor(treeBytes) && bound.startsWith(prefix);
  }

  /** Where the common prefix ends that the bound goes on behind; -1 when there is none. */
  private int endOfOpenPrefix(KeyBound bound) {
    if (delimiter.length == 0) {
      return -1;
    }
    int end = ByteSearch.end(bound.bytes, prefix.length, bound.length, delimiter);
    return end == bound.length ? -1 : end;
  }
}
