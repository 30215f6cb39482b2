package io.drey.engine.art;

import java.util.Arrays;

/**
 * What a range walk looks for: the keys of one tree with a common beginning, one by one or rolled
 * up at a delimiter. Immutable; the arrays belong to the request and are never changed.
 *
 * <p>Bounds are byte strings over whole physical keys, the tree's own bytes first, and always
 * inclusive: "strictly beyond k" is the bound k + 0x00, and "beyond everything that begins with p"
 * is the successor of p. A bound never orders before {@link #prefix}.
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

  private RangeRequest(byte[] prefix, int treeBytes, byte[] delimiter, boolean values) {
    this.prefix = prefix;
    this.treeBytes = treeBytes;
    this.delimiter = delimiter;
    this.values = values;
  }

  /**
   * Asks for the records below {@code userPrefix} in the tree whose keys begin with {@code tree}.
   */
  public static RangeRequest below(byte[] tree, byte[] userPrefix) {
    byte[] prefix = Arrays.copyOf(tree, tree.length + userPrefix.length);
    System.arraycopy(userPrefix, 0, prefix, tree.length, userPrefix.length);
    return new RangeRequest(prefix, tree.length, NONE, true);
  }

  /** Returns the same request rolled up at {@code delimiter}; an empty one rolls nothing up. */
  public RangeRequest rolledUpAt(byte[] delimiter) {
    return new RangeRequest(prefix, treeBytes, delimiter.clone(), values);
  }

  /** Returns the same request without values. */
  public RangeRequest withoutValues() {
    return new RangeRequest(prefix, treeBytes, delimiter, false);
  }

  /**
   * Sets {@code bound} to the first key that may be in the range.
   *
   * @return whether there may be any
   */
  boolean start(KeyBound bound) {
    bound.set(prefix, prefix.length);
    return true;
  }

  /**
   * Sets {@code bound} to the first key strictly beyond {@code userKey} that may be in the range.
   * What rolls up to a common prefix not greater than {@code userKey} is left behind.
   *
   * @return whether there may be any
   */
  boolean startAfter(byte[] userKey, KeyBound bound) {
    bound.set(prefix, treeBytes);
    bound.append(userKey, 0, userKey.length);
    bound.append((byte) 0);
    return clamp(bound);
  }

  /** As {@link #startAfter}, for a key that is a range of an array and known to be in the range. */
  boolean resumeAfterKey(byte[] buffer, int offset, int length, KeyBound bound) {
    bound.set(prefix, treeBytes);
    bound.append(buffer, offset, length);
    bound.append((byte) 0);
    return true;
  }

  /** Sets {@code bound} beyond everything below a common prefix; false when nothing is left. */
  boolean resumeAfterPrefix(byte[] buffer, int offset, int length, KeyBound bound) {
    bound.set(prefix, treeBytes);
    bound.append(buffer, offset, length);
    return bound.toSuccessor(treeBytes) && bound.startsWith(prefix);
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

  /**
   * Moves a bound from inside a common prefix behind it. Afterwards a delimiter in the bound can
   * only be its very end, so a walk along the bound never meets half a common prefix.
   */
  private boolean leaveOpenPrefix(KeyBound bound) {
    if (delimiter.length == 0) {
      return true;
    }
    int end = ByteSearch.end(bound.bytes, prefix.length, bound.length, delimiter);
    if (end < 0 || end == bound.length) {
      return true;
    }
    bound.cut(end);
    return bound.toSuccessor(treeBytes) && bound.startsWith(prefix);
  }
}
