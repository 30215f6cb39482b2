package io.drey.crash.hostile;

/**
 * A place in the course of a workload: the n-th call of a kind on files of some name.
 *
 * @param files the file's last name, where {@code *} stands for any characters and {@code ?} for
 *     one
 * @param ordinal counted from 1
 */
public record Point(CallKind kind, String files, long ordinal) {
  /** The n-th such call, whatever the file. */
  public static Point nth(CallKind kind, long ordinal) {
    return new Point(kind, "*", ordinal);
  }

  /** Whether the call counts for this point. */
  public boolean covers(Call call) {
    return call.kind() == kind && matches(files, call.name());
  }

  /** Whether the pattern covers the whole name. */
  static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length()
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** For example {@code WRITE journal-*#12}; {@link #parse} reads it. */
  @Override
  public String toString() {
    return "%s %s#%d".formatted(kind, files, ordinal);
  }

  /**
   * What {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static Point parse(String text) {
    int space = text.indexOf(' ');
    int hash = text.lastIndexOf('#');
    if (space < 0 || hash < space) {
      throw new IllegalArgumentException("not KIND FILES#ORDINAL: " + text);
    }
    return new Point(
        CallKind.valueOf(text.substring(0, space)),
        text.substring(space + 1, hash),
        Long.parseLong(text.substring(hash + 1)));
  }
}
