package io.drey.crash.disk;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that was done to a disk, in one order. Position p stands for the moment after the
 * first p effects. Immutable.
 */
public final class Trace {
  /** Positions between two states that are kept; those between are computed. */
  private static final int STRIDE = 64;

  private final List<Effect> effects;
  private final List<DiskState> states = new ArrayList<>();

  Trace(DiskState start, List<Effect> effects) {
    this.effects = List.copyOf(effects);
    Replay replay = new Replay(start);
    for (int position = 0; position <= effects.size(); position++) {
      if (position % STRIDE == 0) {
        states.add(replay.state());
      }
      if (position < effects.size()) {
        replay.apply(position, effects.get(position));
      }
    }
  }

  /** The last position: the number of effects. */
  public int end() {
    return effects.size();
  }

  public List<Effect> effects() {
    return effects;
  }

  /** What is durable and what is pending at that position. */
  public DiskState at(int position) {
    int kept = position / STRIDE;
    Replay replay = new Replay(states.get(kept));
    for (int i = kept * STRIDE; i < position; i++) {
      replay.apply(i, effects.get(i));
    }
    return replay.state();
  }
}
