package io.drey.crash.disk;

import io.drey.crash.disk.Effect.Content;
import io.drey.crash.disk.Effect.Name;
import io.drey.crash.disk.Effect.Truncate;
import io.drey.crash.disk.Effect.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is durable on a disk, and what is not yet. Immutable. */
public final class DiskState {
  /**
   * An effect that no force has made durable, or what is left of it.
   *
   * @param position the position in the trace before it happened
   */
  public record Pending(int position, Effect effect) {}

  /** The pending changes of one file, as indices into the list of all that is pending. */
  private record FileChanges(Inode file, List<Integer> indices) {}

  private final Inodes durable;
  private final List<Pending> pending;
  private final List<FileChanges> changes;

  /** Each changed file with all its changes, in the order of {@link #changes}; filled on demand. */
  private final @Nullable FileImage[] complete;

  DiskState(Inodes durable, List<Pending> pending) {
    this.durable = durable;
    this.pending = List.copyOf(pending);
    Map<Inode, List<Integer>> byFile = new LinkedHashMap<>();
    for (int i = 0; i < pending.size(); i++) {
      if (pending.get(i).effect() instanceof Content content) {
        byFile.computeIfAbsent(content.file(), _ -> new ArrayList<>()).add(i);
      }
    }
    changes = new ArrayList<>();
    byFile.forEach((file, indices) -> changes.add(new FileChanges(file, indices)));
    complete = new @Nullable FileImage[changes.size()];
  }

  /** A disk on which everything is durable. */
  public static DiskState of(DiskImage image) {
    return new DiskState(Inodes.of(image), List.of());
  }

  /** All that is not durable, in the order in which it was issued. */
  public List<Pending> pending() {
    return pending;
  }

  /** What is there when all that is pending is lost. */
  public DiskImage nothing() {
    return durable.image();
  }

  /** What is there when nothing is lost: what a killed process leaves. */
  public DiskImage everything() {
    return applied().image();
  }

  /**
   * What a crash leaves.
   *
   * @param fates one for each pending effect
   */
  public DiskImage image(List<Fate> fates) {
    return applied(fates).image();
  }

  Inodes durable() {
    return durable;
  }

  Inodes applied() {
    return applied(Collections.nCopies(pending.size(), Fate.KEPT));
  }

  private Inodes applied(List<Fate> fates) {
    if (fates.size() != pending.size()) {
      throw new IllegalArgumentException(fates.size() + " fates for " + pending.size());
    }
    Inodes inodes = durable;
    for (int i = 0; i < fates.size(); i++) {
      if (pending.get(i).effect() instanceof Name name && fates.get(i).equals(Fate.KEPT)) {
        inodes = inodes.with(name);
      }
    }
    Map<Inode, FileImage> contents = new HashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      contents.put(changes.get(i).file, content(i, fates));
    }
    return inodes.with(contents);
  }

  private FileImage content(int index, List<Fate> fates) {
    FileChanges file = changes.get(index);
    boolean allKept = true;
    for (int i : file.indices) {
      allKept = allKept && fates.get(i).equals(Fate.KEPT);
    }
    FileImage known = complete[index];
    if (allKept && known != null) {
      return known;
    }
    FileImage image = durable.file(file.file);
    for (int i : file.indices) {
      if (pending.get(i).effect() instanceof Content content) {
        image = applied(image, content, fates.get(i));
      }
    }
    if (allKept) {
      complete[index] = image;
    }
    return image;
  }

  static FileImage applied(FileImage before, Content effect, Fate fate) {
    return switch (fate) {
      case Fate.Dropped _ -> before;
      case Fate.Torn torn ->
          switch (effect) {
            case Write write -> torn.applyTo(before, write);
            case Truncate _ -> throw new IllegalArgumentException("no parts: " + effect);
          };
      case Fate.Kept _ ->
          switch (effect) {
            case Write write -> before.write(write.position(), write.bytes());
            case Truncate truncate -> before.truncate(truncate.size());
          };
    };
  }
}
