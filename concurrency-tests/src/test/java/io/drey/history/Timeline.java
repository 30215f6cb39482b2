package io.drey.history;

import java.util.Arrays;
import java.util.List;

/**
 * The begins and ends of all operations that have no place in the order yet, by ticket. Items are
 * taken out and, in the opposite order, put in again.
 *
 * <p>What may come next are the calls in front of the first end.
 */
final class Timeline {
  private static final int HEAD = 0;

  /** Place 2i + 1 is the begin of item i, 2i + 2 its end; the last place is beyond all. */
  private final int[] after;

  private final int[] before;
  private final int tail;

  Timeline(List<Item> items) {
    int places = 2 * items.size();
    tail = places + 1;
    after = new int[places + 2];
    before = new int[places + 2];
    long[] order = new long[places];
    long[] tickets = new long[places];
    for (int i = 0; i < items.size(); i++) {
      tickets[2 * i] = items.get(i).event.start();
      tickets[2 * i + 1] = items.get(i).event.end();
    }
    Integer[] sorted = new Integer[places];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, (a, b) -> Long.compare(tickets[a], tickets[b]));
    Arrays.setAll(order, i -> sorted[i] + 1);
    int last = HEAD;
    for (long place : order) {
      link(last, (int) place);
      last = (int) place;
    }
    link(last, tail);
  }

  private void link(int a, int b) {
    after[a] = b;
    before[b] = a;
  }

  boolean isEmpty() {
    return after[HEAD] == tail;
  }

  int first() {
    return after[HEAD];
  }

  int after(int place) {
    return after[place];
  }

  int before(int place) {
    return before[place];
  }

  /** Whether an operation begins here; false for an end, and beyond all. */
  boolean isCall(int place) {
    return place != tail && (place & 1) == 1;
  }

  /** The item that ends first; there is one. */
  int firstEnding() {
    int at = first();
    while (isCall(at)) {
      at = after(at);
    }
    return item(at);
  }

  int item(int place) {
    return (place - 1) / 2;
  }

  void lift(int item) {
    unlink(2 * item + 1);
    unlink(2 * item + 2);
  }

  private void unlink(int place) {
    after[before[place]] = after[place];
    before[after[place]] = before[place];
  }

  void unlift(int item) {
    relink(2 * item + 2);
    relink(2 * item + 1);
  }

  private void relink(int place) {
    after[before[place]] = place;
    before[after[place]] = place;
  }
}
