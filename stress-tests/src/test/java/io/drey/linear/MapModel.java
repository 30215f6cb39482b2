package io.drey.linear;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the operations of a tree mean when nothing happens at the same time. */
public class MapModel {
  private final Map<Key, Integer> map = new EnumMap<>(Key.class);

  public @Nullable Integer get(Key key) {
    return map.get(key);
  }

  public @Nullable Integer put(Key key, int number) {
    return map.put(key, number);
  }

  public boolean putIfAbsent(Key key, int number) {
    return map.putIfAbsent(key, number) == null;
  }

  public @Nullable Integer delete(Key key) {
    return map.remove(key);
  }

  public int increment(Key key) {
    int next = next(map.get(key));
    map.put(key, next);
    return next;
  }

  static int next(@Nullable Integer number) {
    return number == null ? 1 : number % 9 + 1;
  }

  public String rename(Key source, Key target, boolean replace) {
    Integer number = map.get(source);
    if (number == null) {
      return "missing";
    }
    if (source != target) {
      if (!replace && map.containsKey(target)) {
        return "exists";
      }
      map.remove(source);
      map.put(target, number);
    }
    return "renamed";
  }

  public boolean putBoth(Key one, Key other, int number) {
    map.put(one, number);
    map.put(other, number);
    return true;
  }

  public boolean putInsteadIfAbsent(Key gone, Key key, int number) {
    if (map.containsKey(key)) {
      return false;
    }
    map.put(key, number);
    map.remove(gone);
    return true;
  }

  public List<String> scan(Key prefix) {
    List<String> found = new ArrayList<>();
    map.forEach((key, number) -> {
      if (key.startsWith(prefix)) {
        found.add(key.name + "=" + number);
      }
    });
    return found;
  }

  public List<String> scanReverse(Key prefix) {
    return scan(prefix).reversed();
  }

  public @Nullable String longestPrefix(Key query) {
    String longest = null;
    for (Map.Entry<Key, Integer> entry : map.entrySet()) {
      if (query.startsWith(entry.getKey())) {
        longest = entry.getKey().name + "=" + entry.getValue();
      }
    }
    return longest;
  }

  public String count(Key prefix) {
    long records = 0;
    long bytes = 0;
    for (Map.Entry<Key, Integer> entry : map.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        records++;
        bytes += SharedMap.HEAD_BYTES + entry.getKey().name.length();
        bytes += Values.size(entry.getValue());
      }
    }
    return records + " records, " + bytes + " bytes";
  }

  /** All keys at one moment. */
  public List<String> snapshot() {
    List<String> found = new ArrayList<>();
    map.forEach((key, number) -> found.add(key + "=" + number));
    return found;
  }

  public void checkpoint() {}

  public void compact() {}
}
