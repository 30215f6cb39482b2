package io.drey.cli;

import io.drey.Durability;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges, line by line, whether a store is what an interrupted {@code load} may leave behind.
 *
 * <p>A load gives line after line a new state: the record of its generation, or none when it
 * deletes. So the lines with the new state are a prefix; it holds all that were acknowledged,
 * unless durability promises nothing, and at most one more, which was in flight. Every later line
 * is as it was before the load, which may be the new state by chance.
 */
final class LoadVerification {
  /** The state of a record whose value no load of its line has written. */
  static final int FOREIGN = -1;

  private static final int MOST_PROBLEMS_KEPT = 10;

  private final LineHistory before;
  private final int target;
  private final long acknowledged;
  private final Durability durability;
  private final List<String> problems = new ArrayList<>();
  private int line;
  private int found;
  private int present;
  private int changed;
  private boolean prefixEnded;
  private long problemCount;

  /** {@code target} is the state that the interrupted load gives to its lines. */
  LoadVerification(LineHistory before, int target, long acknowledged, Durability durability) {
    this.before = before;
    this.target = target;
    this.acknowledged = acknowledged;
    this.durability = durability;
  }

  /** The next line's record: {@link LineHistory#ABSENT}, {@link #FOREIGN} or 1 + its generation. */
  void line(int state) {
    if (state == target && before.state(line) != target) {
      changed = line + 1;
    }
    if (!prefixEnded && state == target) {
      found++;
    } else {
      prefixEnded = true;
      judgeBehindPrefix(state);
    }
    if (state != LineHistory.ABSENT) {
      present++;
    }
    before.set(line, state);
    line++;
  }

  /** All lines have been told; {@code records} is what the store counts. */
  void end(long records) {
    if (durability != Durability.NONE && found < acknowledged) {
      headline(
          found + 1,
          "is the first that is not as loaded, though " + acknowledged + " were acknowledged");
    }
    if (changed > acknowledged + 1) {
      headline(changed, "is as loaded, though only " + acknowledged + " were acknowledged");
    }
    if (records != present) {
      problemCount++;
      problems.add("the store counts " + records + " records, the lines account for " + present);
    }
  }

  boolean isSound() {
    return problemCount == 0;
  }

  /** The first problems, one sentence each. */
  List<String> problems() {
    return problems;
  }

  long problemCount() {
    return problemCount;
  }

  /** Lines at the beginning that are as loaded. */
  int found() {
    return found;
  }

  /** Lines told so far. */
  int lines() {
    return line;
  }

  private void judgeBehindPrefix(int state) {
    int earlier = before.state(line);
    if (state == earlier && state != FOREIGN) {
      return;
    }
    if (state == target) {
      problem(line + 1, "is as loaded, though line " + (found + 1) + " is not");
    } else {
      problem(line + 1, "is " + words(state) + ", expected " + words(earlier));
    }
  }

  private void problem(int number, String what) {
    problemCount++;
    if (problems.size() < MOST_PROBLEMS_KEPT) {
      problems.add("line " + number + " " + what);
    }
  }

  private void headline(int number, String what) {
    problemCount++;
    problems.addFirst("line " + number + " " + what);
  }

  private static String words(int state) {
    return switch (state) {
      case LineHistory.ABSENT -> "absent";
      case FOREIGN -> "a value of no generation";
      default -> "generation " + (state - 1);
    };
  }
}
