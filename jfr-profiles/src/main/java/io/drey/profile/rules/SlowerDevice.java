package io.drey.profile.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/**
 * The device becomes slower than it was in the same recording. Calls of one kind on one file are
 * compared: the medians of pieces of equally many calls with the lower quartile of them all.
 */
public final class SlowerDevice extends StoreRule {
  private static final int PIECES = 8;
  private static final int ENOUGH_CALLS_OF_A_PIECE = 16;

  /** A device that takes less is not slow, whatever it took before. */
  private static final long SLOW_NANOS = 5_000_000;

  private static final double NOTABLE_TIMES = 5;
  private static final double BAD_TIMES = 20;
  private static final Pattern NUMBER = Pattern.compile("-[0-9]+$");

  private static final TypedResult<String> FILE = Amounts.text("file", "File");
  private static final TypedResult<String> CALL = Amounts.text("call", "Call");
  private static final TypedResult<IQuantity> TIMES = Amounts.count("times", "Times Slower");
  private static final TypedResult<IQuantity> BEFORE = Amounts.span("baseline", "Usual Time");
  private static final TypedResult<IQuantity> MEDIAN = Amounts.span("median", "Worst Median");
  private static final TypedResult<IQuantity> LONGEST = Amounts.span("longest", "Longest Call");

  public SlowerDevice() {
    super(
        "DreySlowerDevice",
        "Device Times",
        List.of(FILE, CALL, TIMES, BEFORE, MEDIAN, LONGEST),
        "DeviceForce",
        "DeviceWrite",
        "DeviceRead");
  }

  private record Calls(String call, String file) {}

  @Override
  Verdict judge(Recorded recorded) {
    List<Verdict> verdicts = new ArrayList<>();
    for (String call : List.of("Force", "Write", "Read")) {
      Recorded.group(
              recorded.all("Device" + call), each -> new Calls(call, fileOf(each.text("path"))))
          .forEach((calls, all) -> verdicts.add(judge(calls, all)));
    }
    return worst(verdicts, verdict -> verdict)
        .orElse(Verdict.good("The device had nothing slow to do."));
  }

  /** The name without directory and number. */
  private static String fileOf(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return NUMBER.matcher(name).replaceFirst("");
  }

  private static Verdict judge(Calls calls, List<Occurrence> all) {
    int piece = all.size() / PIECES;
    if (piece < ENOUGH_CALLS_OF_A_PIECE) {
      return Verdict.good("The device was as fast as ever.");
    }
    long[] nanos = all.stream().mapToLong(Occurrence::duration).toArray();
    long usual = Math.max(1, Amounts.quantile(nanos, 0.25));
    long worst = 0;
    for (int i = 0; i < PIECES; i++) {
      long[] part = Arrays.copyOfRange(nanos, i * piece, (i + 1) * piece);
      worst = Math.max(worst, Amounts.quantile(part, 0.5));
    }
    double times = worst < SLOW_NANOS ? 0 : (double) worst / usual;
    Verdict verdict =
        Verdict.of(
            times,
            NOTABLE_TIMES,
            BAD_TIMES,
            "The device became {times} times slower: a {call} of {file} took {median}.");
    return (verdict.isGood() ? Verdict.good("The device was as fast as ever.") : verdict)
        .evidence(
            "Device events of this file: usual are {baseline}, in the worst eighth of the calls"
                + " the median is {median}; the longest took {longest}.")
        .change(
            "Look for what else uses the device at that time, or what limits it: a quota of I/O,"
                + " a cache of the drive that is full, a failing drive. Nothing in Drey's settings"
                + " makes it faster.")
        .with(FILE, calls.file())
        .with(CALL, calls.call().toLowerCase(Locale.ROOT))
        .with(TIMES, Amounts.count(times))
        .with(BEFORE, Amounts.span(usual))
        .with(MEDIAN, Amounts.span(worst))
        .with(LONGEST, Amounts.span(Amounts.quantile(nanos, 1)));
  }
}
