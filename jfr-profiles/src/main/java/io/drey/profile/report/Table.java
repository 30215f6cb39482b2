package io.drey.profile.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Rows of text under a title, in columns as wide as their contents. Not thread-safe. */
public final class Table {
  /** On which side the cells of a column are flush. */
  private enum Side {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  private final String title;
  private final String[] heads;
  private final Side[] sides;
  private final List<String[]> rows = new ArrayList<>();
  private String note = "";

  /** {@code columns}: the names; one that begins with {@code <} has its cells on the left. */
  Table(String title, String... columns) {
    this.title = title;
    heads = new String[columns.length];
    sides = new Side[columns.length];
    for (int i = 0; i < columns.length; i++) {
      boolean left = columns[i].startsWith("<");
      heads[i] = left ? columns[i].substring(1) : columns[i];
      sides[i] = left ? Side.LEFT : Side.RIGHT;
    }
  }

  void row(String... cells) {
    rows.add(cells);
  }

  /** A sentence behind the rows, or in their place. */
  void note(String sentence) {
    note = sentence;
  }

  /** Whether there is anything in it. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Hands over the table line by line. */
  public void print(Consumer<String> line) {
    line.accept(title);
    if (!rows.isEmpty()) {
      int[] widths = widths();
      line.accept(format(heads, widths));
      for (String[] row : rows) {
        line.accept(format(row, widths));
      }
    }
    if (!note.isEmpty()) {
      line.accept(note);
    }
  }

  private int[] widths() {
    int[] widths = new int[heads.length];
    for (int i = 0; i < heads.length; i++) {
      widths[i] = heads[i].length();
      for (String[] row : rows) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    return widths;
  }

  private String format(String[] cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String space = " ".repeat(widths[i] - cells[i].length());
      line.append(i == 0 ? "" : GAP);
      line.append(sides[i] == Side.LEFT ? cells[i] + space : space + cells[i]);
    }
    return line.toString().stripTrailing();
  }
}
