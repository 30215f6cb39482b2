package io.drey.profile.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/**
 * Reads miss the pool, or threads spend their time on loading what was evicted and on writing what
 * has to go for it.
 */
public final class SmallPool extends StoreRule {
  private static final long ENOUGH_LOOKUPS = 1_000;
  private static final double NOTABLE_MISSES = 0.05;
  private static final double BAD_MISSES = 0.3;
  private static final double NOTABLE_TIME = 0.1;
  private static final double BAD_TIME = 0.5;

  private static final TypedResult<IQuantity> MISSES = Amounts.share("misses", "Misses");
  private static final TypedResult<IQuantity> TIME = Amounts.share("time", "Time of Transfers");
  private static final TypedResult<IQuantity> EVICTIONS = Amounts.count("evictions", "Evictions");
  private static final TypedResult<IQuantity> SPILLS = Amounts.count("spills", "Spills");
  private static final TypedResult<IQuantity> LIMIT = Amounts.bytes("limit", "Pool");
  private static final TypedResult<IQuantity> LIVE = Amounts.bytes("live", "Live Data");
  private static final TypedResult<IQuantity> AGAIN = Amounts.share("again", "Loaded Before");

  public SmallPool() {
    super(
        "DreySmallPool",
        "Pool Size",
        List.of(MISSES, TIME, EVICTIONS, SPILLS, LIMIT, LIVE, AGAIN),
        "PoolStatistics");
  }

  @Override
  Verdict judge(Recorded recorded) {
    Set<Long> opened =
        recorded.all("StoreOpen").stream().map(Occurrence::store).collect(Collectors.toSet());
    return worst(
            recorded.byStore("PoolStatistics").entrySet(),
            store -> judge(store, opened.contains(store.getKey()), recorded))
        .orElse(Verdict.none("No pool was looked at."));
  }

  /**
   * @param whole whether the recording has the store's life from its opening on
   */
  private static Verdict judge(
      Map.Entry<Long, List<Occurrence>> store, boolean whole, Recorded recorded) {
    Growth pool = new Growth(store.getValue(), whole);
    long lookups = pool.of("lookups");
    long evictions = pool.of("evictions");
    if (evictions == 0) {
      return Verdict.good("The pool holds what is used.");
    }
    double missed = (double) pool.of("loads") + pool.of("pageReads");
    double misses = lookups < ENOUGH_LOOKUPS ? 0 : Math.min(1, missed / lookups);
    List<Occurrence> loads = of(store.getKey(), recorded.all("FrameLoad"));
    long blobs = loads.stream().mapToLong(load -> load.number("blob")).distinct().count();
    double again = loads.isEmpty() ? 0 : 1 - (double) blobs / loads.size();
    List<Occurrence> space = of(store.getKey(), recorded.all("SpaceStatistics"));
    List<Occurrence> spills = of(store.getKey(), recorded.all("FrameSpill"));
    long transfers = Recorded.totalDuration(loads) + Recorded.totalDuration(spills);
    double time = (double) transfers / recorded.nanos();
    boolean byReads = misses / BAD_MISSES >= time / BAD_TIME;
    Verdict verdict =
        byReads
            ? Verdict.of(
                misses, NOTABLE_MISSES, BAD_MISSES, "{misses} of the point reads missed the pool.")
            : Verdict.of(
                time,
                NOTABLE_TIME,
                BAD_TIME,
                "Loading images, and writing those that leave for them, takes {time} of a thread.");
    return verdict
        .evidence(
            "Pool Statistics: {evictions} evictions, {spills} of them had to be written first; the"
                + " pool has {limit}, the data file {live}. {again} of the Frame Load events are of"
                + " blobs that had been loaded before.")
        .change(
            "Raise TreeConfig.withPoolBytes. Keys that are read together are cheapest to keep"
                + " where they share a prefix.")
        .with(MISSES, Amounts.share(misses))
        .with(TIME, Amounts.share(time))
        .with(EVICTIONS, Amounts.count(evictions))
        .with(SPILLS, Amounts.count(pool.of("spills")))
        .with(LIMIT, Amounts.bytes(store.getValue().getLast().number("limit")))
        .with(LIVE, Amounts.bytes(space.isEmpty() ? 0 : space.getLast().number("live")))
        .with(AGAIN, Amounts.share(again));
  }

  private static List<Occurrence> of(long store, List<Occurrence> all) {
    return all.stream().filter(each -> each.store() == store).toList();
  }
}
