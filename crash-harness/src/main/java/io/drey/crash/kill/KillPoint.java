package io.drey.crash.kill;

import io.drey.crash.hostile.CallKind;
import io.drey.crash.hostile.Point;
import java.util.ArrayList;
import java.util.List;

/**
 * A named point at which a child is killed. The thread that reaches it stands still there; other
 * threads go on until the kill, which follows at once.
 *
 * @param point counted from the start of the child, recovery included; ordinal 0 lets the campaign
 *     draw one for each round
 */
public record KillPoint(Side side, Point point) {
  /** Which side of the call. */
  public enum Side {
    /** The call has not been made. */
    BEFORE,
    /** The call has been made, and the store does not know yet. */
    AFTER
  }

  /** Both sides of every kind of call on whatever file, with ordinals to be drawn. */
  public static List<KillPoint> everywhere() {
    List<KillPoint> points = new ArrayList<>();
    for (CallKind kind : CallKind.values()) {
      if (kind != CallKind.READ && kind != CallKind.LOOK_UP) {
        points.add(new KillPoint(Side.BEFORE, Point.nth(kind, 0)));
        points.add(new KillPoint(Side.AFTER, Point.nth(kind, 0)));
      }
    }
    return points;
  }

  KillPoint at(long ordinal) {
    return new KillPoint(side, new Point(point.kind(), point.files(), ordinal));
  }

  /** For example {@code BEFORE RENAME manifest-*#2}; {@link #parse} reads it. */
  @Override
  public String toString() {
    return side + " " + point;
  }

  /**
   * What {@link #toString} wrote.
   *
   * @throws IllegalArgumentException if it did not
   */
  public static KillPoint parse(String text) {
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException("not SIDE KIND FILES#ORDINAL: " + text);
    }
    return new KillPoint(
        Side.valueOf(text.substring(0, space)), Point.parse(text.substring(space + 1)));
  }
}
