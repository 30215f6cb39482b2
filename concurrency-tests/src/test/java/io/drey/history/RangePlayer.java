package io.drey.history;

import io.drey.PrefixCount;
import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.Visit;
import io.drey.history.Operation.Count;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scans and counts. */
final class RangePlayer {
  private static final byte[] NO_VALUE = {};

  private final Tree tree;
  private final Keyspace keys;
  private final Telling telling;
  private final Recorder recorder;
  private final Sections sections;

  RangePlayer(Tree tree, Keyspace keys, Recorder recorder, Sections sections) {
    this.tree = tree;
    this.keys = keys;
    this.telling = new Telling(keys);
    this.recorder = recorder;
    this.sections = sections;
  }

  /**
   * Scans.
   *
   * @param meanwhile what some visitors do when they are shown the first entry: a scan holds
   *     nothing while its visitor runs
   */
  void scan(Choice choice, Runnable meanwhile) {
    ScanRequest request = ScanRequest.of(choice, keys);
    Scan scan = request.on(tree::scan, keys);
    long start = recorder.ticket();
    List<RangeEntry> entries =
        choice.flag(7)
            ? visited(scan, choice.flag(0) ? meanwhile : () -> {})
            : scan.stream().toList();
    long end = recorder.ticket();
    ScanClaims claims = new ScanClaims(keys, request, entries);
    if (sections == Sections.WHOLE && entries.size() <= Sections.ONE_SECTION) {
      recorder.note("scan, one section", start, end, claims.atOneMoment());
    } else {
      for (Reading claim : claims.eachAtItsOwn()) {
        recorder.note("scan", start, end, claim);
      }
    }
  }

  private static List<RangeEntry> visited(Scan scan, Runnable meanwhile) {
    List<RangeEntry> entries = new ArrayList<>();
    scan.visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
      if (entries.isEmpty()) {
        meanwhile.run();
      }
      byte[] key = Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
      entries.add(
          valueLength < 0
              ? new RangeEntry.CommonPrefix(key)
              : new RangeEntry.Key(
                  key,
                  valueLength == 0
                      ? NO_VALUE
                      : Arrays.copyOfRange(buffer, valueOffset, valueOffset + valueLength),
                  version));
      return Visit.CONTINUE;
    });
    return entries;
  }

  void count(Choice choice) {
    byte[] prefix = keys.smallPrefix(choice);
    long start = recorder.ticket();
    PrefixCount count = tree.count(prefix);
    long end = recorder.ticket();
    List<Count> counts = List.of(telling.count(prefix, count));
    recorder.note("count", start, end, new Reading(List.of(), List.of(), counts, 0));
  }

  void prefixEmpty(Choice choice) {
    byte[] prefix = keys.smallPrefix(choice);
    long start = recorder.ticket();
    boolean empty = tree.isPrefixEmpty(prefix);
    recorder.note("isPrefixEmpty", start, telling.emptiness(prefix, empty));
  }
}
