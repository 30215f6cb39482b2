package io.drey.crash.hostile;

import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk that fails as planned. Give {@link #vfs} to a store; what the plan does not cover goes
 * through to the disk below. Safe for use by many threads; a call is numbered when it arrives.
 *
 * <p>{@link FaultKind#LOST_FORCE} and the loss after a failed force show only if the disk below
 * knows power cuts: the force is not passed on to it. After such a cut call {@link #afterPowerCut}.
 *
 * <p>What a store reads through a mapped region is not seen here: stale reads and bit flips of
 * mapped bytes are made in the file itself, see {@link Damage}.
 */
public final class HostileDisk {
  /** A fault, and how many calls it has covered. */
  private static final class Planned {
    final Fault fault;
    final AtomicLong covered = new AtomicLong();

    Planned(Fault fault) {
      this.fault = fault;
    }

    boolean isDue() {
      long number = covered.incrementAndGet();
      return switch (fault.lasting()) {
        case ONCE -> number == fault.point().ordinal();
        case FROM_THEN_ON -> number >= fault.point().ordinal();
      };
    }
  }

  private final TappedVfs vfs;
  private final Generations generations = new Generations();
  private final LostPages lostPages = new LostPages();
  private final Map<CallKind, AtomicLong> counts = new EnumMap<>(CallKind.class);
  private final List<Planned> plan;
  private final List<String> strikes = new ArrayList<>();
  private volatile boolean healed;

  /** A disk over {@code below} on which the faults happen. */
  public HostileDisk(Vfs below, List<Fault> plan) {
    this.vfs = new TappedVfs(below, this::pass);
    this.plan = plan.stream().map(Planned::new).toList();
    for (CallKind kind : CallKind.values()) {
      counts.put(kind, new AtomicLong());
    }
  }

  /** The disk as the store sees it. */
  public Vfs vfs() {
    return vfs;
  }

  /** From now on nothing fails. What was lost or damaged stays so. */
  public void heal() {
    healed = true;
  }

  /** How many calls of the kind came through so far, on whatever files. */
  public long calls(CallKind kind) {
    return Objects.requireNonNull(counts.get(kind)).get();
  }

  /** The calls that failed so far, in their order. */
  public List<String> strikes() {
    synchronized (strikes) {
      return List.copyOf(strikes);
    }
  }

  /** Takes from what a power cut left of the disk below what a failed force did not save. */
  public void afterPowerCut(Vfs image) throws IOException {
    lostPages.loseFrom(image);
  }

  private long pass(Call call, Tap.Onward onward) throws IOException {
    Objects.requireNonNull(counts.get(call.kind())).incrementAndGet();
    Fault fault = due(call);
    if (fault != null) {
      return strike(fault, call, onward);
    }
    note(call);
    long result = onward.go();
    if (call.kind() == CallKind.FORCE) {
      lostPages.forced(call.path());
    } else if (call.kind() == CallKind.RENAME) {
      generations.renamed(call.origin(), call.path());
      lostPages.renamed(call.origin(), call.path());
    }
    return result;
  }

  private @Nullable Fault due(Call call) throws IOException {
    for (Planned planned : plan) {
      if (!healed && planned.fault.point().covers(call) && planned.isDue()) {
        Fault fault = planned.fault;
        if (fault.kind() != FaultKind.NO_SPACE || allocates(call)) {
          return fault;
        }
      }
    }
    return null;
  }

  private static boolean allocates(Call call) throws IOException {
    return call.kind() != CallKind.WRITE
        || call.position() + call.bytes() > Objects.requireNonNull(call.file()).size();
  }

  private void note(Call call) throws IOException {
    if (call.kind() == CallKind.WRITE && !plan.isEmpty()) {
      StorageFile file = Objects.requireNonNull(call.file());
      switch (plan.getFirst().fault.kind()) {
        case STALE_READ, MISDIRECTED_WRITE, DUPLICATED_WRITE -> generations.writing(call, file);
        case IO_ERROR -> lostPages.writing(call, file);
        default -> {}
      }
    }
  }

  private long strike(Fault fault, Call call, Tap.Onward onward) throws IOException {
    // The same fault that lasts strikes every call in its own way.
    RandomGenerator random = new SplittableRandom(fault.detail() * 31 + struck());
    return switch (fault.kind()) {
      case LOST_FORCE -> {
        struck(fault, call, "");
        yield 0;
      }
      case IO_ERROR -> {
        if (call.kind() == CallKind.FORCE) {
          lostPages.forceFailed(call.path(), Objects.requireNonNull(call.file()));
        }
        struck(fault, call, "");
        throw failure(call, "Input/output error");
      }
      case NO_SPACE -> {
        struck(fault, call, "");
        throw failure(call, "No space left on device");
      }
      case SHORT_WRITE -> throw shortWrite(fault, call, random);
      case MISDIRECTED_WRITE, DUPLICATED_WRITE -> astray(fault, call, onward, random);
      case STALE_READ -> {
        long read = onward.go();
        if (read > 0 && generations.makeStale(call, data(call).asSlice(0, read))) {
          struck(fault, call, "");
        }
        yield read;
      }
      case BIT_FLIP ->
          call.kind() == CallKind.READ
              ? flipRead(fault, call, onward, random)
              : flipWritten(fault, call, random);
    };
  }

  private IOException shortWrite(Fault fault, Call call, RandomGenerator random)
      throws IOException {
    note(call);
    long unit = isAligned(call) ? StorageFile.DIRECT_ALIGNMENT : 1;
    long part = random.nextLong(Math.max(1, call.bytes() / unit)) * unit;
    if (part > 0) {
      write(Objects.requireNonNull(call.file()), call.position(), data(call).asSlice(0, part));
    }
    struck(fault, call, ": %d bytes done".formatted(part));
    return failure(call, "No space left on device");
  }

  private long astray(Fault fault, Call call, Tap.Onward onward, RandomGenerator random)
      throws IOException {
    StorageFile file = Objects.requireNonNull(call.file());
    if (fault.kind() == FaultKind.DUPLICATED_WRITE) {
      note(call);
      onward.go();
    }
    Generations.Elsewhere place = generations.elsewhere(call, file, random);
    try {
      write(place.file(), place.position(), data(call));
      struck(fault, call, " to %s %d".formatted(Call.nameOf(place.path()), place.position()));
    } catch (IOException | IllegalArgumentException e) {
      // The other file is closed, or takes no such write: these bytes go nowhere.
      struck(fault, call, " to nowhere");
    }
    return 0;
  }

  private long flipRead(Fault fault, Call call, Tap.Onward onward, RandomGenerator random)
      throws IOException {
    long read = onward.go();
    if (read > 0) {
      long bit = random.nextLong(read * Byte.SIZE);
      flip(data(call), bit);
      struck(fault, call, " bit " + bit);
    }
    return read;
  }

  private long flipWritten(Fault fault, Call call, RandomGenerator random) throws IOException {
    note(call);
    if (call.bytes() > 0) {
      long bit = random.nextLong(call.bytes() * Byte.SIZE);
      MemorySegment copy = MemorySegment.ofArray(data(call).toArray(ValueLayout.JAVA_BYTE));
      flip(copy, bit);
      write(Objects.requireNonNull(call.file()), call.position(), copy);
      struck(fault, call, " bit " + bit);
    }
    return 0;
  }

  private static void flip(MemorySegment data, long bit) {
    long at = bit / Byte.SIZE;
    byte there = data.get(ValueLayout.JAVA_BYTE, at);
    data.set(ValueLayout.JAVA_BYTE, at, (byte) (there ^ 1 << (int) (bit % Byte.SIZE)));
  }

  /** WHY the copy: a file opened for direct transfers takes aligned native memory only. */
  private static void write(StorageFile file, long position, MemorySegment data)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(data.byteSize(), StorageFile.DIRECT_ALIGNMENT);
      copy.copyFrom(data);
      file.write(position, copy);
    }
  }

  private static boolean isAligned(Call call) {
    return (call.position() | call.bytes()) % StorageFile.DIRECT_ALIGNMENT == 0;
  }

  private static MemorySegment data(Call call) {
    return Objects.requireNonNull(call.data());
  }

  private static IOException failure(Call call, String reason) {
    return new FileSystemException(call.path().toString(), null, reason);
  }

  private int struck() {
    synchronized (strikes) {
      return strikes.size();
    }
  }

  private void struck(Fault fault, Call call, String how) {
    synchronized (strikes) {
      strikes.add("%s: %s%s".formatted(fault.kind(), call, how));
    }
  }
}
