package io.drey.crash.disk;

import io.drey.crash.disk.LiveTree.Place;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who holds which lock file of a {@link SimulatedDisk}. Used under the lock of the disk. */
final class SimulatedLeases {
  private final SimulatedDisk disk;
  private final List<Lease> held = new ArrayList<>();

  SimulatedLeases(SimulatedDisk disk) {
    this.disk = disk;
  }

  boolean isHeld(Inode file) {
    return held.stream().anyMatch(lease -> lease.inode.equals(file));
  }

  /** Whether a holder of the file, or of the place it is or would be in, keeps this kind away. */
  boolean inTheWay(Place place, @Nullable Inode file, LeaseKind kind) {
    for (Lease lease : held) {
      boolean same = lease.place.equals(place) || lease.inode.equals(file);
      if (same && (kind == LeaseKind.EXCLUSIVE || lease.kind == LeaseKind.EXCLUSIVE)) {
        return true;
      }
    }
    return false;
  }

  FileLease take(Path path, LeaseKind kind, Place place, Inode file) {
    Lease lease = new Lease(path, kind, place, file);
    held.add(lease);
    return lease;
  }

  private final class Lease implements FileLease {
    private final Path path;
    private final LeaseKind kind;
    private final Place place;
    private final Inode inode;

    Lease(Path path, LeaseKind kind, Place place, Inode inode) {
      this.path = path;
      this.kind = kind;
      this.place = place;
      this.inode = inode;
    }

    @Override
    public Path file() {
      return path;
    }

    @Override
    public LeaseKind kind() {
      return kind;
    }

    @Override
    public void close() {
      disk.always(() -> held.remove(this));
    }
  }
}
