package io.drey.linear;

import io.drey.stress.Canaries;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The long run of Lincheck: every check with more programs, then planted bugs. */
final class LinearityCampaign {
  private static final int TIMES = 300;

  private LinearityCampaign() {}

  /**
   * @param arguments how many programs each check runs
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int programs = Integer.parseInt(arguments[0]);
    List<String> failed = new ArrayList<>();
    for (Check check : Check.values()) {
      if (Checking.finds(check, null, programs, TIMES)) {
        failed.add(check.name());
      }
    }
    seek(Check.STORED_TREE, "word-not-read-again", programs, failed);
    seek(Check.LATCH, "word-not-read-again", programs, failed);
    seek(Check.LATCH, "word-stays-even", programs, failed);
    seek(Check.LATCH, "claim-in-two-steps", programs, failed);
    seek(Check.LATCH, "claim-of-any-stamp", programs, failed);
    seek(Check.TAIL, "end-passes-a-record", programs, failed);
    seek(Check.TAIL, "spin-latch-in-two-steps", programs, failed);
    seek(Check.TINY_TREE, "word-not-read-again", programs, failed);
    System.out.println("failed: " + failed);
    System.exit(failed.isEmpty() ? 0 : 1);
  }

  private static void seek(Check check, String canary, int programs, List<String> failed)
      throws IOException, InterruptedException {
    if (!Checking.finds(check, Canaries.named(canary), programs, TIMES)) {
      failed.add(check + " with " + canary);
    }
  }
}
