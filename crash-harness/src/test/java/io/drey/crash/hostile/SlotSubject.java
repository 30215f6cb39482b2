package io.drey.crash.hostile;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.Operation;
import io.drey.crash.Operation.Put;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * A store that is right on a sound disk, even through power cuts, and wrong on any other: values in
 * slots of two files, written in place and read back without a checksum.
 */
final class SlotSubject implements Subject {
  /** What it does when a call fails. */
  enum Flaw {
    /** Says that nothing happened, and goes on. */
    TRUSTS,
    /** Forces again when a force fails. */
    FORCES_AGAIN,
    /** Never works again, and does not say so. */
    STAYS_BROKEN,
    /** Waits for better times. */
    WAITS,
    /** Throws what no user expects. */
    UNTYPED
  }

  private static final int KEYS = 12;
  private static final int SLOT = 64;

  private final Flaw flaw;

  SlotSubject(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public Store open(Vfs vfs, Path directory) throws IOException {
    StorageFile[] files = new StorageFile[2];
    for (int i = 0; i < files.length; i++) {
      Path path = directory.resolve("slots-" + i);
      OpenMode mode = vfs.exists(path) ? OpenMode.WRITE : OpenMode.CREATE_NEW;
      files[i] = vfs.open(path, mode, Caching.BUFFERED);
    }
    vfs.forceDirectory(directory);
    return new Slots(files);
  }

  private final class Slots implements Store {
    private final StorageFile[] files;
    private boolean broken;

    Slots(StorageFile[] files) {
      this.files = files;
    }

    @Override
    public Ack apply(Operation operation) throws IOException {
      if (broken) {
        throw new IOException("broken");
      }
      if (operation instanceof Put(Bytes key, Bytes value)) {
        try {
          put(key.toArray()[0] - 'a', value);
        } catch (IOException e) {
          switch (flaw) {
            case STAYS_BROKEN -> broken = true;
            case WAITS -> waitsForSpace();
            case UNTYPED -> throw new UncheckedIOException(e);
            default -> {}
          }
          throw e;
        }
      }
      return Ack.of(Promise.POWER_LOSS);
    }

    private void put(int key, Bytes value) throws IOException {
      byte[] slot = new byte[SLOT];
      slot[0] = (byte) value.length();
      System.arraycopy(value.toArray(), 0, slot, 1, value.length());
      StorageFile file = files[key % 2];
      file.write((long) key / 2 * SLOT, MemorySegment.ofArray(slot));
      try {
        file.force();
      } catch (IOException e) {
        if (flaw != Flaw.FORCES_AGAIN) {
          throw e;
        }
        file.force();
      }
    }

    private static void waitsForSpace() {
      while (true) {
        LockSupport.park();
      }
    }

    @Override
    public NavigableMap<Bytes, Bytes> dump() throws IOException {
      NavigableMap<Bytes, Bytes> dump = new TreeMap<>();
      for (int key = 0; key < KEYS; key++) {
        byte[] slot = new byte[SLOT];
        files[key % 2].read((long) key / 2 * SLOT, MemorySegment.ofArray(slot));
        int length = Math.clamp(slot[0], 0, SLOT - 1);
        if (length > 0) {
          dump.put(
              Bytes.of(String.valueOf((char) ('a' + key))),
              Bytes.of(Arrays.copyOfRange(slot, 1, 1 + length)));
        }
      }
      return dump;
    }

    @Override
    public void close() throws IOException {
      files[0].close();
      files[1].close();
    }
  }

  @Override
  public Operation next(RandomGenerator random, NavigableMap<Bytes, Bytes> model) {
    Bytes key = Bytes.of(String.valueOf((char) ('a' + random.nextInt(KEYS))));
    return new Put(key, Bytes.of("v" + random.nextLong(1L << 60)));
  }

  @Override
  public Failure classify(Throwable failure) {
    return failure instanceof IOException ? Failure.NOT_APPLIED : Failure.BUG;
  }
}
