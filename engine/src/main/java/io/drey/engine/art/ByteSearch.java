package io.drey.engine.art;

/** Finds byte strings in byte arrays. Delimiters are short, so the plain search is the fast one. */
final class ByteSearch {
  private ByteSearch() {}

  /**
   * Returns the position behind the first occurrence of {@code wanted} that lies within [{@code
   * from}, {@code to}), or -1 when there is none.
   */
  static int end(byte[] bytes, int from, int to, byte[] wanted) {
    byte first = wanted[0];
    int last = to - wanted.length;
    for (int i = from; i <= last; i++) {
      if (bytes[i] == first && matches(bytes, i, wanted)) {
        return i + wanted.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at, byte[] wanted) {
    for (int i = 1; i < wanted.length; i++) {
      if (bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
