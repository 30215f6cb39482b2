package io.drey.linear;

import io.drey.Entry;
import io.drey.Existing;
import io.drey.KeyExistsException;
import io.drey.KeyNotFoundException;
import io.drey.PrefixCount;
import io.drey.RangeEntry;
import io.drey.Scan;
import io.drey.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;

/** The operations of {@link MapModel} on a few keys of a tree, as Lincheck calls them. */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public abstract class MapOperations {
  private final SharedMap shared;
  private final long[] places;

  MapOperations(SharedMap shared) {
    this.shared = shared;
    this.places = shared.places();
  }

  private byte[] bytes(Key key) {
    return SharedMap.key(places, key);
  }

  @Operation
  public @Nullable Integer get(@Param Key key) {
    return Values.number(shared.tree.get(bytes(key)));
  }

  @Operation
  public @Nullable Integer put(@Param Key key, @Param(name = "number") int number) {
    return Values.number(shared.tree.put(bytes(key), Values.value(number)));
  }

  @Operation
  public boolean putIfAbsent(@Param Key key, @Param(name = "number") int number) {
    return shared.tree.putIfAbsent(bytes(key), Values.value(number));
  }

  @Operation
  public @Nullable Integer delete(@Param Key key) {
    return Values.number(shared.tree.delete(bytes(key)));
  }

  @Operation
  public int increment(@Param Key key) {
    byte[] next =
        shared.tree.update(bytes(key), old -> Values.value(MapModel.next(Values.number(old))));
    return Values.number(next);
  }

  @Operation
  public String rename(
      @Param Key source, @Param Key target, @Param(gen = BooleanGen.class) boolean replace) {
    try {
      shared.tree.rename(bytes(source), bytes(target), replace ? Existing.REPLACE : Existing.KEEP);
      return "renamed";
    } catch (KeyNotFoundException e) {
      return "missing";
    } catch (KeyExistsException e) {
      return "exists";
    }
  }

  @Operation
  public boolean putBoth(@Param Key one, @Param Key other, @Param(name = "number") int number) {
    byte[] value = Values.value(number);
    return shared.tree.atomic(batch -> batch.put(bytes(one), value).put(bytes(other), value));
  }

  @Operation
  public boolean putInsteadIfAbsent(
      @Param Key gone, @Param Key key, @Param(name = "number") int number) {
    return shared.tree.atomic(batch ->
        batch.requireAbsent(bytes(key)).put(bytes(key), Values.value(number)).delete(bytes(gone)));
  }

  @Operation
  public List<String> scan(@Param Key prefix) {
    return texts(shared.tree.scan(bytes(prefix)));
  }

  @Operation
  public List<String> scanReverse(@Param Key prefix) {
    return texts(shared.tree.scan(bytes(prefix)).reverse());
  }

  private static List<String> texts(Scan scan) {
    List<String> found = new ArrayList<>();
    for (RangeEntry entry : scan) {
      if (entry instanceof RangeEntry.Key record) {
        found.add(text(record.key(), record.value()));
      }
    }
    return found;
  }

  private static String text(byte[] key, byte[] value) {
    byte[] name = Arrays.copyOfRange(key, SharedMap.HEAD_BYTES, key.length);
    return new String(name, StandardCharsets.US_ASCII) + "=" + Values.number(value);
  }

  @Operation
  public @Nullable String longestPrefix(@Param Key query) {
    Entry found = shared.tree.longestPrefix(bytes(query));
    return found == null ? null : text(found.key(), found.value());
  }

  @Operation
  public String count(@Param Key prefix) {
    PrefixCount count = shared.tree.count(bytes(prefix));
    return count.records() + " records, " + count.bytes() + " bytes";
  }

  @Operation
  public List<String> snapshot() {
    List<String> found = new ArrayList<>();
    try (Snapshot snapshot = shared.tree.snapshot()) {
      for (Key key : Key.values()) {
        byte[] value = snapshot.get(bytes(key));
        if (value != null) {
          found.add(key + "=" + Values.number(value));
        }
      }
    }
    return found;
  }

  @Operation
  public void checkpoint() {
    shared.tree.checkpoint();
  }

  @Operation
  public void compact() {
    shared.tree.compact();
  }

  /** Takes the map out of the tree. */
  final void clear() {
    for (Key key : Key.values()) {
      shared.tree.delete(bytes(key));
    }
  }
}
