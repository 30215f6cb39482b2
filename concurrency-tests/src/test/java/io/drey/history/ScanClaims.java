package io.drey.history;

import io.drey.RangeEntry;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a scan told: what it showed was there, and what it passed over was not.
 *
 * <p>The keys that a scan may show, in its order, are its slots; the keys that roll up to one
 * common prefix are one slot. What it showed has to be found among the slots in this order, so
 * repeated, unsorted and foreign entries are found out here.
 */
final class ScanClaims {
  private final Keyspace keys;
  private final ScanRequest request;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Span> occupied = new ArrayList<>();

  /**
   * Compares what was shown with the slots.
   *
   * @throws IllegalHistory if the entries are no subsequence of the slots
   */
  ScanClaims(Keyspace keys, ScanRequest request, List<RangeEntry> entries) {
    this.keys = keys;
    this.request = request;
    if (entries.size() > request.limit()) {
      throw new IllegalHistory(
          "%d entries, and the limit is %d".formatted(entries.size(), request.limit()));
    }
    Span span = keys.below(request.prefix());
    int next = 0;
    boolean forward = request.direction() == ScanRequest.Direction.FORWARD;
    int at = forward ? span.from() : span.to() - 1;
    while (span.holds(at) && next < request.limit()) {
      Span slot = slot(at);
      if (isBeyondStart(name(slot))) {
        if (next < entries.size() && shows(entries.get(next), slot)) {
          next++;
        } else {
          passOver(slot);
        }
      }
      at = forward ? slot.to() : slot.from() - 1;
    }
    if (next < entries.size()) {
      throw new IllegalHistory(
          "a scan of %s showed an entry out of place, the %d. of %d: %s"
              .formatted(request, next + 1, entries.size(), entries.get(next)));
    }
  }

  /** All of it, at one moment. */
  Reading atOneMoment() {
    return new Reading(facts, occupied, List.of(), 0);
  }

  /** Each of it, at a moment of its own. */
  List<Reading> eachAtItsOwn() {
    List<Reading> claims = new ArrayList<>();
    facts.forEach(fact -> claims.add(Reading.of(fact)));
    occupied.forEach(span -> claims.add(Reading.some(span)));
    return claims;
  }

  /** The slot with this key: the key alone, or all keys of a common prefix. */
  private Span slot(int key) {
    byte[] group = group(key);
    return group == null ? new Span(key, key + 1) : keys.below(group);
  }

  /** The common prefix that the key rolls up to, null = none. */
  private byte[] group(int key) {
    if (request.shape() == ScanRequest.Shape.FLAT) {
      return null;
    }
    byte[] bytes = keys.key(key);
    for (int i = request.prefix().length; i < bytes.length; i++) {
      if (bytes[i] == Keyspace.DELIMITER) {
        return Arrays.copyOf(bytes, i + 1);
      }
    }
    return null;
  }

  private byte[] name(Span slot) {
    byte[] group = group(slot.from());
    return group == null ? keys.key(slot.from()) : group;
  }

  private boolean isBeyondStart(byte[] name) {
    if (request.after() == ScanRequest.NOWHERE) {
      return true;
    }
    int order = Arrays.compareUnsigned(name, keys.key(request.after()));
    return request.direction() == ScanRequest.Direction.FORWARD ? order > 0 : order < 0;
  }

  private boolean shows(RangeEntry entry, Span slot) {
    byte[] group = group(slot.from());
    return switch (entry) {
      case RangeEntry.CommonPrefix(byte[] prefix) -> {
        boolean same = group != null && Arrays.equals(group, prefix);
        if (same) {
          occupied.add(slot);
        }
        yield same;
      }
      case RangeEntry.Key(byte[] key, byte[] value, long version) -> {
        boolean same = group == null && Arrays.equals(keys.key(slot.from()), key);
        if (same) {
          facts.add(new Fact(slot.from(), value(value), version));
        }
        yield same;
      }
    };
  }

  private long value(byte[] value) {
    if (request.values() == ScanRequest.Values.SHOWN) {
      return Values.number(value);
    }
    if (value.length > 0) {
      throw new IllegalHistory("a scan of keys alone showed a value");
    }
    return Fact.PRESENT;
  }

  private void passOver(Span slot) {
    for (int key = slot.from(); key < slot.to(); key++) {
      facts.add(Fact.absent(key));
    }
  }
}
