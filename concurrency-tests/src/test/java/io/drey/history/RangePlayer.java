package io.drey.history;

import io.drey.PrefixCount;
import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.Visit;
import io.drey.history.Operation.Counting;
import io.drey.history.Operation.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scans and counts. */
final class RangePlayer {
  /** Spans longer than this are only ever read in part. */
  private static final int WHOLE_SPAN_MAX = 100;

  private static final int LIMIT_MAX = 50;
  private static final byte[] NO_VALUE = {};

  private final Tree tree;
  private final Keyspace keys;
  private final Recorder recorder;
  private final Sections sections;

  RangePlayer(Tree tree, Keyspace keys, Recorder recorder, Sections sections) {
    this.tree = tree;
    this.keys = keys;
    this.recorder = recorder;
    this.sections = sections;
  }

  void scan(Choice choice) {
    byte[] prefix = keys.directory(choice.key(), choice.bits(0, 3));
    boolean limited = choice.flag(1) || keys.below(prefix).size() > WHOLE_SPAN_MAX;
    ScanRequest request =
        new ScanRequest(
            prefix,
            choice.bits(2, 3) == 0 ? choice.other() : ScanRequest.NOWHERE,
            choice.flag(3) ? ScanRequest.Direction.REVERSE : ScanRequest.Direction.FORWARD,
            choice.bits(4, 3) == 0 ? ScanRequest.Shape.ROLLED_UP : ScanRequest.Shape.FLAT,
            choice.bits(5, 4) == 0 ? ScanRequest.Values.LEFT_OUT : ScanRequest.Values.SHOWN,
            limited ? 1 + choice.bits(6, LIMIT_MAX) : Integer.MAX_VALUE);
    Scan scan = request.on(tree, keys);
    long start = recorder.ticket();
    List<RangeEntry> entries = choice.flag(7) ? visited(scan) : scan.stream().toList();
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

  private static List<RangeEntry> visited(Scan scan) {
    List<RangeEntry> entries = new ArrayList<>();
    scan.visit((buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
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
    byte[] prefix = smallPrefix(choice);
    long start = recorder.ticket();
    PrefixCount count = tree.count(prefix);
    recorder.note("count", start, new Counting(keys.below(prefix), count.records(), count.bytes()));
  }

  void prefixEmpty(Choice choice) {
    byte[] prefix = smallPrefix(choice);
    Span span = keys.below(prefix);
    long start = recorder.ticket();
    boolean empty = tree.isPrefixEmpty(prefix);
    long end = recorder.ticket();
    Reading reading = new Reading(List.of(), List.of(span));
    if (empty) {
      List<Fact> facts = new ArrayList<>();
      for (int key = span.from(); key < span.to(); key++) {
        facts.add(Fact.absent(key));
      }
      reading = new Reading(facts, List.of());
    }
    recorder.note("isPrefixEmpty", start, end, reading);
  }

  private byte[] smallPrefix(Choice choice) {
    byte[] prefix = keys.directory(choice.key(), choice.bits(0, 3));
    return keys.below(prefix).size() <= WHOLE_SPAN_MAX ? prefix : keys.key(choice.key());
  }
}
