package io.drey.crash.disk;

import io.drey.crash.disk.DiskState.Pending;
import java.util.ArrayList;
import java.util.List;

/**
 * One state a crash may leave.
 *
 * @param state what was durable and what was pending
 * @param fates what became of each pending effect
 */
public record CrashState(DiskState state, List<Fate> fates) {
  /** Keeps a copy of the fates. */
  public CrashState {
    fates = List.copyOf(fates);
  }

  /** What the disk holds. */
  public DiskImage image() {
    return state.image(fates);
  }

  /** This state, but for one pending effect. */
  CrashState with(int index, Fate fate) {
    List<Fate> changed = new ArrayList<>(fates);
    changed.set(index, fate);
    return new CrashState(state, changed);
  }

  /** Each pending effect and its fate, one a line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < fates.size(); i++) {
      Pending pending = state.pending().get(i);
      lines.add("%5d %s: %s".formatted(pending.position(), pending.effect(), fates.get(i)));
    }
    return lines;
  }
}
