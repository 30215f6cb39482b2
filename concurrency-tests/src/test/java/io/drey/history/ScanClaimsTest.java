package io.drey.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drey.RangeEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a scan's entries tell, and which entries no scan shows. */
final class ScanClaimsTest {
  private static final Keyspace KEYS = Keyspace.of(List.of("a", "a/b", "a/c", "b", "c/d"), 1);
  private static final ScanRequest ALL = ScanRequest.all();
  private static final ScanRequest ROLLED_UP =
      new ScanRequest(
          new byte[0],
          ScanRequest.NOWHERE,
          ScanRequest.Direction.FORWARD,
          ScanRequest.Shape.ROLLED_UP,
          ScanRequest.Values.SHOWN,
          Integer.MAX_VALUE);

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static RangeEntry key(String key) {
    return new RangeEntry.Key(bytes(key), Values.bytes(7), 1);
  }

  private static RangeEntry common(String prefix) {
    return new RangeEntry.CommonPrefix(bytes(prefix));
  }

  private static Operation.Reading claims(ScanRequest request, RangeEntry... entries) {
    return new ScanClaims(KEYS, request, List.of(entries)).atOneMoment();
  }

  private static List<Long> told(Operation.Reading reading) {
    return reading.facts().stream().map(Fact::value).toList();
  }

  private static ScanRequest limited(int limit, int after) {
    return new ScanRequest(
        new byte[0],
        after,
        ScanRequest.Direction.FORWARD,
        ScanRequest.Shape.FLAT,
        ScanRequest.Values.SHOWN,
        limit);
  }

  @Nested
  final class AnEntry {
    @Test
    void isThereAndWhatLiesBetweenIsNot() {
      assertEquals(List.of(0L, 7L, 0L, 7L, 0L, 0L), told(claims(ALL, key("a/b"), key("b"))));
    }

    @Test
    void isShownOnce() {
      assertThrows(IllegalHistory.class, () -> claims(ALL, key("b"), key("b")));
    }

    @Test
    void isShownInOrder() {
      assertThrows(IllegalHistory.class, () -> claims(ALL, key("b"), key("a")));
      assertEquals(6, told(claims(ALL.reversed(), key("b"), key("a"))).size());
    }

    @Test
    void liesBehindTheStartAndWithinTheLimit() {
      int a = KEYS.number(bytes("a/b"));
      assertThrows(IllegalHistory.class, () -> claims(limited(9, a), key("a/b")));
      assertThrows(IllegalHistory.class, () -> claims(limited(1, a), key("a/c"), key("b")));
    }

    @Test
    void saysNothingOfWhatLiesBehindTheLimit() {
      assertEquals(List.of(0L, 7L), told(claims(limited(1, 0), key("a/c"))));
    }

    @Test
    void isWhole() {
      byte[] torn = Values.bytes(7);
      torn[torn.length - 1]++;
      RangeEntry entry = new RangeEntry.Key(bytes("a"), torn, 1);
      assertThrows(IllegalHistory.class, () -> claims(ALL, entry));
    }
  }

  @Nested
  final class ACommonPrefix {
    @Test
    void standsForSomeOfItsKeys() {
      Operation.Reading reading = claims(ROLLED_UP, key("a"), common("a/"));
      assertEquals(List.of(KEYS.below(bytes("a/"))), reading.occupied());
      assertEquals(List.of(7L, 0L, 0L, 0L), told(reading));
    }

    @Test
    void isNotAKeyOfItsOwn() {
      Stream.of(key("a/b"), common("a"), common("a/b"))
          .forEach(entry -> assertThrows(IllegalHistory.class, () -> claims(ROLLED_UP, entry)));
      assertThrows(IllegalHistory.class, () -> claims(ALL, common("a/")));
    }
  }
}
