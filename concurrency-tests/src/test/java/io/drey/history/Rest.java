package io.drey.history;

import io.drey.PrefixCount;
import io.drey.RangeEntry;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.Violation;
import io.drey.history.Operation.Reading;
import java.util.Arrays;
import java.util.List;

/**
 * A tree at a moment when nobody changes it.
 *
 * @param values what each key holds, by its number
 * @param versions the versions that go with it
 * @param reading the same as a read
 */
@SuppressWarnings("ArrayRecordComponent") // compared by describe alone
record Rest(long[] values, long[] versions, Reading reading) {

  /**
   * Reads the tree in every way and checks it.
   *
   * @throws IllegalHistory if two ways disagree, or the tree is not sound
   */
  static Rest of(Tree tree, Keyspace keys) {
    ScanRequest all = ScanRequest.all();
    List<RangeEntry> entries = all.on(tree::scan, keys).stream().toList();
    List<RangeEntry> backwards = all.reversed().on(tree::scan, keys).stream().toList();
    if (!entries.equals(backwards.reversed())) {
      throw new IllegalHistory("at rest, a scan and its reverse show different entries");
    }
    Reading reading = new ScanClaims(keys, all, entries).atOneMoment();
    long[] values = new long[keys.size()];
    long[] versions = new long[keys.size()];
    long records = 0;
    long bytes = 0;
    for (Fact fact : reading.facts()) {
      values[fact.key()] = fact.value();
      versions[fact.key()] = fact.version();
      if (fact.namesValue()) {
        records++;
        bytes += keys.key(fact.key()).length + Values.length(fact.value());
      }
    }
    PrefixCount count = tree.count(new byte[0]);
    if (count.records() != records || count.bytes() != bytes) {
      throw new IllegalHistory(
          "at rest, count says %s, a scan %d records of %d bytes".formatted(count, records, bytes));
    }
    List<Violation> violations = tree.check();
    if (!violations.isEmpty()) {
      throw new IllegalHistory("at rest, check finds " + violations);
    }
    return new Rest(values, versions, reading);
  }

  /**
   * Refuses another state than this.
   *
   * @throws IllegalHistory if a value or a version is another one
   */
  void mustEqual(Rest other, Keyspace keys, String where) {
    int key = Arrays.mismatch(values, other.values);
    if (key < 0) {
      key = Arrays.mismatch(versions, other.versions);
    }
    if (key >= 0) {
      throw new IllegalHistory(
          "%s, %s is %s at version %d, and was %s at version %d"
              .formatted(
                  where,
                  keys.text(key),
                  Values.text(other.values[key]),
                  other.versions[key],
                  Values.text(values[key]),
                  versions[key]));
    }
  }

  /**
   * Refuses a snapshot that shows another state than this.
   *
   * @throws IllegalHistory if it does
   */
  void mustShow(Snapshot snapshot, Keyspace keys) {
    ScanRequest all = ScanRequest.all();
    List<RangeEntry> entries = all.on(snapshot::scan, keys).stream().toList();
    List<Fact> shown = new ScanClaims(keys, all, entries).atOneMoment().facts();
    for (int key = 0; key < keys.size(); key++) {
      if (!shown.get(key).equals(reading.facts().get(key))) {
        throw new IllegalHistory(
            "a snapshot of many rounds ago shows %s, and the tree was then at %s"
                .formatted(shown.get(key), reading.facts().get(key)));
      }
    }
  }
}
