package io.drey.history;

import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Snapshot;
import io.drey.Tree;
import io.drey.history.Operation.Count;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a snapshot open while the worker goes on with other things, and reads through it now and
 * then. Everything it shows, whenever it is read, was there at one moment: while it was taken,
 * behind the change that it names.
 */
final class SnapshotPlayer implements AutoCloseable {
  private static final int READS = 3;

  private final Tree tree;
  private final Keyspace keys;
  private final Telling telling;
  private final Recorder recorder;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Span> occupied = new ArrayList<>();
  private final List<Count> counts = new ArrayList<>();
  private Snapshot snapshot;
  private long start;
  private long end;

  SnapshotPlayer(Tree tree, Keyspace keys, Recorder recorder) {
    this.tree = tree;
    this.keys = keys;
    this.telling = new Telling(keys);
    this.recorder = recorder;
  }

  /** Takes a snapshot, or reads through the one that is open, and perhaps closes it. */
  void play(Choice choice) {
    if (snapshot == null) {
      start = recorder.ticket();
      snapshot = tree.snapshot();
      end = recorder.ticket();
    } else {
      for (int i = 0; i < READS; i++) {
        read(choice, choice.keys().get(i), choice.bits(i, 8));
      }
      if (choice.bits(3, 4) == 0) {
        close();
      }
    }
  }

  private void read(Choice choice, int key, int kind) {
    byte[] bytes = keys.key(key);
    switch (kind) {
      case 0 -> facts.add(Telling.value(key, snapshot.get(bytes)));
      case 1 -> facts.add(telling.entry(key, snapshot.getEntry(bytes)));
      case 2 -> facts.add(Telling.presence(key, snapshot.contains(bytes)));
      case 3 -> {
        byte[] query = telling.query(choice);
        facts.addAll(telling.longestPrefix(query, snapshot.longestPrefix(query)));
      }
      case 4 -> {
        byte[] prefix = keys.smallPrefix(choice);
        counts.add(telling.count(prefix, snapshot.count(prefix)));
      }
      case 5 -> {
        byte[] prefix = keys.smallPrefix(choice);
        add(telling.emptiness(prefix, snapshot.isPrefixEmpty(prefix)));
      }
      case 6 -> {
        List<Integer> wanted = choice.keys();
        byte[][] values = snapshot.getAll(wanted.stream().map(keys::key).toArray(byte[][]::new));
        for (int i = 0; i < values.length; i++) {
          facts.add(Telling.value(wanted.get(i), values[i]));
        }
      }
      default -> {
        ScanRequest request = ScanRequest.of(choice, keys);
        Scan scan = request.on(snapshot::scan, keys);
        List<RangeEntry> entries = scan.stream().toList();
        add(new ScanClaims(keys, request, entries).atOneMoment());
      }
    }
  }

  private void add(Reading reading) {
    facts.addAll(reading.facts());
    occupied.addAll(reading.occupied());
  }

  /** Closes the snapshot, if one is open, and notes all that it showed. */
  @Override
  public void close() {
    if (snapshot == null) {
      return;
    }
    long moment = snapshot.seq();
    snapshot.close();
    snapshot = null;
    for (Fact fact : facts) {
      if (fact.version() > moment) {
        throw new IllegalHistory("a snapshot behind version " + moment + " shows " + fact);
      }
    }
    recorder.note("snapshot", start, end, new Reading(facts, occupied, counts, moment));
    facts.clear();
    occupied.clear();
    counts.clear();
  }
}
