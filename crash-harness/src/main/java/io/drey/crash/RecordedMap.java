package io.drey.crash;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A map that tells of every change made to it, through any of its views. Key sets are read-only
 * where the interface calls them navigable.
 */
final class RecordedMap extends AbstractMap<Bytes, Bytes> implements NavigableMap<Bytes, Bytes> {
  /** Hears of each change; a missing value is null. */
  interface Listener {
    void changed(Bytes key, @Nullable Bytes before, @Nullable Bytes after);
  }

  private final NavigableMap<Bytes, Bytes> target;
  private final Listener listener;

  RecordedMap(NavigableMap<Bytes, Bytes> target, Listener listener) {
    this.target = target;
    this.listener = listener;
  }

  private NavigableMap<Bytes, Bytes> view(NavigableMap<Bytes, Bytes> part) {
    return new RecordedMap(part, listener);
  }

  private @Nullable Entry<Bytes, Bytes> taken(@Nullable Entry<Bytes, Bytes> entry) {
    if (entry != null) {
      listener.changed(entry.getKey(), entry.getValue(), null);
    }
    return entry;
  }

  @Override
  public @Nullable Bytes put(Bytes key, Bytes value) {
    Bytes before = target.put(key, value);
    listener.changed(key, before, value);
    return before;
  }

  @Override
  public @Nullable Bytes remove(@Nullable Object key) {
    Bytes before = target.remove(key);
    if (before != null && key instanceof Bytes removed) {
      listener.changed(removed, before, null);
    }
    return before;
  }

  @Override
  public @Nullable Bytes get(@Nullable Object key) {
    return target.get(key);
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return target.containsKey(key);
  }

  @Override
  public Set<Entry<Bytes, Bytes>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<Bytes, Bytes>> iterator() {
        return new Entries(target.entrySet().iterator());
      }

      @Override
      public int size() {
        return target.size();
      }
    };
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> pollFirstEntry() {
    return taken(target.pollFirstEntry());
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> pollLastEntry() {
    return taken(target.pollLastEntry());
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> lowerEntry(Bytes key) {
    return target.lowerEntry(key);
  }

  @Override
  public @Nullable Bytes lowerKey(Bytes key) {
    return target.lowerKey(key);
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> floorEntry(Bytes key) {
    return target.floorEntry(key);
  }

  @Override
  public @Nullable Bytes floorKey(Bytes key) {
    return target.floorKey(key);
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> ceilingEntry(Bytes key) {
    return target.ceilingEntry(key);
  }

  @Override
  public @Nullable Bytes ceilingKey(Bytes key) {
    return target.ceilingKey(key);
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> higherEntry(Bytes key) {
    return target.higherEntry(key);
  }

  @Override
  public @Nullable Bytes higherKey(Bytes key) {
    return target.higherKey(key);
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> firstEntry() {
    return target.firstEntry();
  }

  @Override
  public @Nullable Entry<Bytes, Bytes> lastEntry() {
    return target.lastEntry();
  }

  @Override
  public Bytes firstKey() {
    return target.firstKey();
  }

  @Override
  public Bytes lastKey() {
    return target.lastKey();
  }

  @Override
  public @Nullable Comparator<? super Bytes> comparator() {
    return target.comparator();
  }

  @Override
  public NavigableMap<Bytes, Bytes> descendingMap() {
    return view(target.descendingMap());
  }

  @Override
  public NavigableSet<Bytes> navigableKeySet() {
    return Collections.unmodifiableNavigableSet(target.navigableKeySet());
  }

  @Override
  public NavigableSet<Bytes> descendingKeySet() {
    return Collections.unmodifiableNavigableSet(target.descendingKeySet());
  }

  @Override
  public NavigableMap<Bytes, Bytes> subMap(
      Bytes from, boolean fromInclusive, Bytes to, boolean toInclusive) {
    return view(target.subMap(from, fromInclusive, to, toInclusive));
  }

  @Override
  public NavigableMap<Bytes, Bytes> headMap(Bytes to, boolean inclusive) {
    return view(target.headMap(to, inclusive));
  }

  @Override
  public NavigableMap<Bytes, Bytes> tailMap(Bytes from, boolean inclusive) {
    return view(target.tailMap(from, inclusive));
  }

  @Override
  public SortedMap<Bytes, Bytes> subMap(Bytes from, Bytes to) {
    return subMap(from, true, to, false);
  }

  @Override
  public SortedMap<Bytes, Bytes> headMap(Bytes to) {
    return headMap(to, false);
  }

  @Override
  public SortedMap<Bytes, Bytes> tailMap(Bytes from) {
    return tailMap(from, true);
  }

  private final class Entries implements Iterator<Entry<Bytes, Bytes>> {
    private final Iterator<Entry<Bytes, Bytes>> entries;
    private @Nullable Entry<Bytes, Bytes> last;

    Entries(Iterator<Entry<Bytes, Bytes>> entries) {
      this.entries = entries;
    }

    @Override
    public boolean hasNext() {
      return entries.hasNext();
    }

    @Override
    public Entry<Bytes, Bytes> next() {
      Entry<Bytes, Bytes> entry = entries.next();
      last = Map.entry(entry.getKey(), entry.getValue());
      return new SimpleEntry<>(entry) {
        private static final long serialVersionUID = 1L;

        @Override
        public Bytes setValue(Bytes value) {
          Bytes before = entry.setValue(value);
          listener.changed(getKey(), before, value);
          return super.setValue(value);
        }
      };
    }

    @Override
    public void remove() {
      entries.remove();
      taken(last);
    }
  }
}
