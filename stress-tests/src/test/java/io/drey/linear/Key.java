package io.drey.linear;

/** The few keys of one map: beginnings of each other, siblings, and one far away. */
public enum Key {
  ROOT(0, ""),
  A(0, "a"),
  AB(0, "ab"),
  B(0, "b"),
  FAR(1, "");

  /** How many places apart from each other the keys lie in. */
  static final int PLACES = 2;

  final int place;
  final String name;

  Key(int place, String name) {
    this.place = place;
    this.name = name;
  }

  boolean startsWith(Key prefix) {
    return place == prefix.place && name.startsWith(prefix.name);
  }
}
