package io.drey.stress;

import io.drey.stress.Trial.Order;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.vm.CompileMode;

/** The long run: every test at every pair of compilers, then the canaries. */
final class StressCampaign {
  private StressCampaign() {}

  /**
   * @param arguments how many seconds each trial samples
   */
  public static void main(String[] arguments) throws IOException {
    Jcstress jcstress = new Jcstress(1000 * Integer.parseInt(arguments[0]));
    boolean clean = true;
    for (Trial trial : trials()) {
      Sighting seen = jcstress.run(List.of(trial)).get(trial);
      Rounds.print(trial, seen);
      if (!seen.forbidden().isEmpty()) {
        System.out.println("FORBIDDEN " + seen.forbidden());
        clean = false;
      }
    }
    List<Canary> uncaught = new Rounds(jcstress).uncaught(Canaries.ALL);
    System.out.println("not caught: " + uncaught);
    List<Canary> hidden = new Rounds(jcstress).uncaught(Canaries.HIDDEN_ON_X86);
    System.out.println("not caught, and not asked for: " + hidden);
    System.exit(clean && uncaught.isEmpty() ? 0 : 1);
  }

  private static List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (String subject : Jcstress.subjects()) {
      for (int levels : CompileMode.casesFor(Jcstress.THREADS, true, true)) {
        trials.add(new Trial(subject, null, Order.USUAL, levels));
        if (CompileMode.hasC2(levels, Jcstress.THREADS)) {
          trials.add(new Trial(subject, null, Order.SHUFFLED, levels));
        }
      }
    }
    return trials;
  }
}
