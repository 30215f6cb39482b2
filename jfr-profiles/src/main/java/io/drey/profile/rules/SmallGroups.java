package io.drey.profile.rules;

import java.util.List;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** Forces of the journal take most of the time, and hardly any two commits share one. */
public final class SmallGroups extends StoreRule {
  private static final int ENOUGH_FORCES = 20;
  private static final double SMALL_GROUP = 2;
  private static final double NOTABLE_SHARE = 0.5;

  /** A share that no store has: that one thread waits for the disk is its choice. */
  private static final double BAD_SHARE = 2;

  private static final TypedResult<IQuantity> SHARE = Amounts.share("forceShare", "Forces");
  private static final TypedResult<IQuantity> GROUP = Amounts.count("group", "Commits a Force");
  private static final TypedResult<IQuantity> FORCES = Amounts.count("forces", "Forces of Commits");
  private static final TypedResult<IQuantity> FORCE = Amounts.span("force", "Mean Force");
  private static final TypedResult<IQuantity> QUEUE = Amounts.span("queue", "Mean Queue Time");

  public SmallGroups() {
    super(
        "DreySmallGroups",
        "Journal Forces",
        List.of(SHARE, GROUP, FORCES, FORCE, QUEUE),
        "JournalForce");
  }

  @Override
  Verdict judge(Recorded recorded) {
    return worst(recorded.byStore("JournalForce").values(), SmallGroups::judge)
        .orElse(Verdict.good("Few commits waited for a force of the journal."));
  }

  private static Verdict judge(List<Occurrence> all) {
    List<Occurrence> forces = all.stream().filter(force -> force.number("commits") > 0).toList();
    if (forces.size() < ENOUGH_FORCES) {
      return Verdict.good("Few commits waited for a force of the journal.");
    }
    long total = Recorded.totalDuration(forces);
    double share = (double) total / Recorded.span(forces);
    double group = mean(forces, "commits");
    Verdict verdict =
        group < SMALL_GROUP
            ? Verdict.of(
                share,
                NOTABLE_SHARE,
                BAD_SHARE,
                "Forces of the journal took {forceShare} of the time; commits that shared one:"
                    + " {group}.")
            : Verdict.good("{group} commits shared a force of the journal.");
    return verdict
        .evidence(
            "{forces} Journal Force events: a force took {force}, and the commit that led to it had"
                + " waited for {queue}.")
        .change(
            "Let more threads commit at a time, or put changes that belong together into one"
                + " Tree.atomic call: all of them share one force. Where a power cut may take the"
                + " newest changes, TreeConfig.withDurability(Durability.OS) waits for no force.")
        .with(SHARE, Amounts.share(share))
        .with(GROUP, Amounts.count(group))
        .with(FORCES, Amounts.count(forces.size()))
        .with(FORCE, Amounts.span(total / forces.size()))
        .with(QUEUE, Amounts.span((long) mean(forces, "queueTime")));
  }

  private static double mean(List<Occurrence> forces, String field) {
    return forces.stream().mapToLong(force -> force.number(field)).average().orElse(0);
  }
}
