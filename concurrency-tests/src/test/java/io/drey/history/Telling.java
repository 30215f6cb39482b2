package io.drey.history;

import io.drey.Entry;
import io.drey.PrefixCount;
import io.drey.history.Operation.Count;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What the results of reads tell. Refuses those that no state of any tree could give. */
final class Telling {
  private final Keyspace keys;

  Telling(Keyspace keys) {
    this.keys = keys;
  }

  /** The number of the value with these bytes, null = absent. */
  static long number(byte[] value) {
    return value == null ? Fact.ABSENT : Values.number(value);
  }

  static Fact value(int key, byte[] value) {
    return new Fact(key, number(value), 0);
  }

  static Fact presence(int key, boolean present) {
    return new Fact(key, present ? Fact.PRESENT : Fact.ABSENT, 0);
  }

  /** What the entry of {@code key} tells, null = there is none. */
  Fact entry(int key, Entry entry) {
    if (entry == null) {
      return Fact.absent(key);
    }
    if (keys.number(entry.key()) != key) {
      throw new IllegalHistory("the entry of " + keys.text(key) + " is " + entry);
    }
    return new Fact(key, Values.number(entry.value()), entry.version());
  }

  /** A key with up to two bytes more. */
  byte[] query(Choice choice) {
    byte[] key = keys.key(choice.key());
    return Arrays.copyOf(key, key.length + choice.bits(0, 3));
  }

  /** The entry that was found is there, and none of a longer key that begins the query. */
  List<Fact> longestPrefix(byte[] query, Entry entry) {
    List<Fact> facts = new ArrayList<>();
    int shortest = entry == null ? 0 : entry.key().length + 1;
    for (int length = query.length; length >= shortest; length--) {
      int longer = keys.number(Arrays.copyOf(query, length));
      if (longer >= 0) {
        facts.add(Fact.absent(longer));
      }
    }
    if (entry != null) {
      int found = keys.number(entry.key());
      if (found < 0 || !Keyspace.startsWith(query, entry.key())) {
        throw new IllegalHistory("longestPrefix of " + Arrays.toString(query) + " is " + entry);
      }
      facts.add(entry(found, entry));
    }
    return facts;
  }

  Reading emptiness(byte[] prefix, boolean empty) {
    Span span = keys.below(prefix);
    return empty
        ? Reading.of(IntStream.range(span.from(), span.to()).mapToObj(Fact::absent).toList())
        : Reading.some(span);
  }

  Count count(byte[] prefix, PrefixCount count) {
    return new Count(keys.below(prefix), count.records(), count.bytes());
  }
}
