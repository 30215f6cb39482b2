package io.drey.engine.art;

import io.drey.engine.layout.Leaf;
import java.lang.foreign.MemorySegment;

/**
 * Copies what a range walk has come to into its section: a record, or the common prefix that it
 * rolls up to.
 */
final class EntryCopy {
  private EntryCopy() {}

  /**
   * Adds the common prefix of everything below the path, of which the last {@code fresh} bytes were
   * not looked at before; false when the path contains no delimiter behind the prefix.
   */
  static boolean rollUp(RangeRequest request, Section section, int fresh) {
    byte[] delimiter = request.delimiter;
    if (delimiter.length == 0) {
      return false;
    }
    WalkPath path = section.path;
    int from = Math.max(request.prefix.length, path.length - fresh - delimiter.length + 1);
    int end = ByteSearch.end(path.bytes, from, path.length, delimiter);
    if (end < 0) {
      return false;
    }
    int length = end - request.treeBytes;
    int at = section.room(length);
    System.arraycopy(path.bytes, request.treeBytes, section.buffer(), at, length);
    section.add(length, Section.COMMON_PREFIX, 0);
    return true;
  }

  /**
   * Adds the record at {@code leaf}, or the common prefix that its suffix completes.
   *
   * @return {@link RangeWalker#FULL} or {@link RangeWalker#GO_ON}
   */
  static int leaf(RangeRequest request, Section section, long leaf, long head) {
    WalkPath path = section.path;
    MemorySegment segment = path.segment;
    int suffix = Leaf.suffixLengthIn(head);
    int value = request.values ? Leaf.valueLengthIn(head) : 0;
    path.checkRoom(suffix);
    // A tree of one record has it at the root, and the tree's own bytes are in the suffix then.
    int above = Math.max(0, path.length - request.treeBytes);
    int skip = Math.max(0, request.treeBytes - path.length);
    int keyLength = above + suffix - skip;
    int at = section.room(keyLength + value);
    byte[] target = section.buffer();
    System.arraycopy(path.bytes, path.length - above, target, at, above);
    path.copy(leaf + Leaf.SUFFIX + skip, target, at + above, suffix - skip + value);
    if (request.delimiter.length > 0) {
      int searchFrom =
          Math.max(request.prefix.length - request.treeBytes, above - request.delimiter.length + 1);
      int end = ByteSearch.end(target, at + searchFrom, at + keyLength, request.delimiter);
      if (end >= 0) {
        section.add(end - at, Section.COMMON_PREFIX, 0);
        return section.full() ? RangeWalker.FULL : RangeWalker.GO_ON;
      }
    }
    section.add(keyLength, value, Leaf.version(segment, leaf));
    return section.full() ? RangeWalker.FULL : RangeWalker.GO_ON;
  }
}
