package io.drey.crash.disk;

import io.drey.crash.disk.DiskState.Pending;
import io.drey.crash.disk.Effect.Content;
import io.drey.crash.disk.Effect.Create;
import io.drey.crash.disk.Effect.Delete;
import io.drey.crash.disk.Effect.ForceDirectory;
import io.drey.crash.disk.Effect.ForceFile;
import io.drey.crash.disk.Effect.ForceRange;
import io.drey.crash.disk.Effect.Name;
import io.drey.crash.disk.Effect.Rename;
import io.drey.crash.disk.Effect.Truncate;
import io.drey.crash.disk.Effect.Write;
import java.util.ArrayList;
import java.util.List;

/** Follows the effects of a trace, and keeps apart what is durable and what is pending. */
final class Replay {
  private Inodes durable;
  private List<Pending> pending;

  Replay(DiskState start) {
    durable = start.durable();
    pending = new ArrayList<>(start.pending());
  }

  DiskState state() {
    return new DiskState(durable, pending);
  }

  void apply(int position, Effect effect) {
    switch (effect) {
      case Content _, Name _ -> pending.add(new Pending(position, effect));
      case ForceFile force -> forceContent(force.file(), pending.size());
      case ForceRange force -> forceRange(force);
      case ForceDirectory force -> forceNames(force.directory());
    }
  }

  /** Makes the changes of the file among the first {@code count} pending effects durable. */
  private void forceContent(Inode file, int count) {
    FileImage image = durable.file(file);
    List<Pending> left = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      Pending one = pending.get(i);
      if (i < count && one.effect() instanceof Content content && content.file().equals(file)) {
        image = DiskState.applied(image, content, Fate.KEPT);
      } else {
        left.add(one);
      }
    }
    durable = durable.with(file, image);
    pending = left;
  }

  /**
   * Makes the pages that touch the range durable. What was written to a page after a truncation
   * stands on it, so pending truncations become durable first, with all before them. The file then
   * reaches at least to the end of the range, which lies in it.
   */
  private void forceRange(ForceRange force) {
    Inode file = force.file();
    for (int i = pending.size() - 1; i >= 0; i--) {
      if (pending.get(i).effect() instanceof Truncate truncate && truncate.file().equals(file)) {
        forceContent(file, i + 1);
        break;
      }
    }
    long from = force.from() / Page.BYTES * Page.BYTES;
    long to = Math.ceilDiv(force.to(), Page.BYTES) * Page.BYTES;
    FileImage image = durable.file(file);
    List<Pending> left = new ArrayList<>();
    for (Pending one : pending) {
      if (one.effect() instanceof Write write
          && write.file().equals(file)
          && write.position() < to
          && from < write.end()) {
        Write inside = write.part(from, to);
        image = image.write(inside.position(), inside.bytes());
        if (write.position() < from) {
          left.add(new Pending(one.position(), write.part(write.position(), from)));
        }
        if (to < write.end()) {
          left.add(new Pending(one.position(), write.part(to, write.end())));
        }
      } else {
        left.add(one);
      }
    }
    durable = durable.with(file, image.grow(force.to()));
    pending = left;
  }

  private void forceNames(Inode directory) {
    List<Pending> left = new ArrayList<>();
    for (Pending one : pending) {
      if (one.effect() instanceof Name name && name.directory().equals(directory)) {
        if (name instanceof Rename rename && !rename.source().equals(directory)) {
          durable = durable.with(new Create(directory, rename.newName(), rename.moved()));
          Delete oldName = new Delete(rename.source(), rename.oldName());
          left.add(new Pending(one.position(), oldName));
        } else {
          durable = durable.with(name);
        }
      } else {
        left.add(one);
      }
    }
    pending = left;
  }
}
