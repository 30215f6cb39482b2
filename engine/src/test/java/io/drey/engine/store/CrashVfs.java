package io.drey.engine.store;

import io.drey.vfs.Caching;
import io.drey.vfs.FileLease;
import io.drey.vfs.LeaseKind;
import io.drey.vfs.MappedRegion;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One directory's files in memory, with the list of everything that was done to them: the state
 * that a power cut after any of these steps may leave can be made from it. One step can be made to
 * fail. For one thread.
 */
final class CrashVfs implements Vfs {
  /** One step. Steps on contents name a file by the number of its creation. */
  sealed interface Step {}

  record Create(int file, String name) implements Step {}

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Write(int file, long position, byte[] bytes) implements Step {}

  record Cut(int file, long bytes) implements Step {}

  record Force(int file) implements Step {}

  record Rename(int file, String from, String to) implements Step {}

  record Delete(String name) implements Step {}

  record ForceNames() implements Step {}

  /** How a step is made to fail. */
  enum Fault {
    /** It does half of its work and reports a full disk. */
    NO_SPACE,
    /** It does nothing and reports a broken disk. */
    BROKEN
  }

  private final Path directory;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, byte[]> contents = new TreeMap<>();
  private final Map<String, Integer> names = new TreeMap<>();
  private final Map<Integer, byte[]> contentsBefore = new TreeMap<>();
  private final Map<String, Integer> namesBefore = new TreeMap<>();
  private int files;
  private int attempts;
  private int faultFrom = Integer.MAX_VALUE;
  private int faultTo;
  private Fault fault = Fault.BROKEN;

  CrashVfs(Path directory) {
    this.directory = directory;
  }

  List<Step> steps() {
    return steps;
  }

  Map<String, Integer> names() {
    return names;
  }

  byte[] content(String name) {
    return contentOf(fileOf(name));
  }

  void replace(String name, byte[] content) {
    contents.put(fileOf(name), content);
  }

  /** Steps tried so far, failed ones included. */
  int attempts() {
    return attempts;
  }

  /** Makes one step fail, counted from the first one tried. */
  void failAt(int attempt, Fault kind) {
    faultFrom = attempt;
    faultTo = attempt + 1;
    fault = kind;
  }

  /** Makes every step from this one on fail. */
  void failFrom(int attempt, Fault kind) {
    faultFrom = attempt;
    faultTo = Integer.MAX_VALUE;
    fault = kind;
  }

  /** A write of which a crash leaves only the bytes {@code from..to}. */
  record Torn(int step, int from, int to) {}

  /** The steps before {@code end} that no force before {@code end} has made durable. */
  List<Integer> pending(int end) {
    List<Integer> pending = new ArrayList<>();
    for (int i = 0; i < end; i++) {
      if (!isForced(i, end) && !(steps.get(i) instanceof Force)) {
        pending.add(i);
      }
    }
    pending.removeIf(i -> steps.get(i) instanceof ForceNames);
    return pending;
  }

  /**
   * A new file system with what is left when the power fails after {@code end} steps: all that was
   * forced, of the rest what {@code survives}, and of one write only a part.
   */
  CrashVfs after(int end, IntPredicate survives, @Nullable Torn torn) {
    CrashVfs left = new CrashVfs(directory);
    left.files = files;
    left.contents.putAll(contentsBefore);
    left.names.putAll(namesBefore);
    for (int i = 0; i < end; i++) {
      if (!isForced(i, end) && !survives.test(i)) {
        if (steps.get(i) instanceof Create create) {
          left.contents.putIfAbsent(create.file, new byte[0]);
        }
        continue;
      }
      Step step = steps.get(i);
      if (torn != null && torn.step == i && step instanceof Write write) {
        byte[] part = Arrays.copyOfRange(write.bytes, torn.from, torn.to);
        step = new Write(write.file, write.position + torn.from, part);
      }
      left.play(step);
    }
    left.contentsBefore.putAll(left.contents);
    left.namesBefore.putAll(left.names);
    return left;
  }

  private boolean isForced(int step, int end) {
    for (int i = step + 1; i < end; i++) {
      boolean forced =
          switch (steps.get(step)) {
            case Write write -> steps.get(i) instanceof Force f && f.file == write.file;
            case Cut cut -> steps.get(i) instanceof Force f && f.file == cut.file;
            case Create _, Rename _, Delete _ -> steps.get(i) instanceof ForceNames;
            case Force _, ForceNames _ -> true;
          };
      if (forced) {
        return true;
      }
    }
    return false;
  }

  private void play(Step step) {
    switch (step) {
      case Create create -> {
        contents.put(create.file, new byte[0]);
        names.put(create.name, create.file);
      }
      case Write write -> {
        byte[] old = contents.getOrDefault(write.file, new byte[0]);
        int end = (int) write.position + write.bytes.length;
        byte[] fresh = Arrays.copyOf(old, Math.max(old.length, end));
        System.arraycopy(write.bytes, 0, fresh, (int) write.position, write.bytes.length);
        contents.put(write.file, fresh);
      }
      case Cut cut -> {
        byte[] old = contentOf(cut.file);
        contents.put(cut.file, Arrays.copyOf(old, (int) Math.min(old.length, cut.bytes)));
      }
      case Rename rename -> {
        names.remove(rename.from);
        names.put(rename.to, rename.file);
      }
      case Delete delete -> names.remove(delete.name);
      case Force _, ForceNames _ -> {}
    }
  }

  private int fileOf(String name) {
    return Objects.requireNonNull(names.get(name), name);
  }

  private byte[] contentOf(int file) {
    return Objects.requireNonNull(contents.get(file));
  }

  private void run(Step step) throws IOException {
    int attempt = attempts++;
    if (attempt >= faultFrom && attempt < faultTo) {
      if (fault == Fault.NO_SPACE && step instanceof Write write) {
        byte[] half = Arrays.copyOf(write.bytes, write.bytes.length / 2);
        done(new Write(write.file, write.position, half));
      }
      String reason = fault == Fault.NO_SPACE ? "No space left on device" : "Input/output error";
      throw new FileSystemException(directory.toString(), null, reason);
    }
    done(step);
  }

  private void done(Step step) {
    steps.add(step);
    play(step);
  }

  @Override
  public StorageFile open(Path file, OpenMode mode, Caching caching) throws IOException {
    String name = nameOf(file);
    if (mode == OpenMode.CREATE_NEW) {
      if (names.containsKey(name)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      run(new Create(files++, name));
    } else if (!names.containsKey(name)) {
      throw new NoSuchFileException(file.toString());
    }
    return new OpenFile(file, fileOf(name));
  }

  private String nameOf(Path file) {
    if (!directory.equals(file.getParent())) {
      throw new IllegalArgumentException(file + " is not in " + directory);
    }
    return file.getFileName().toString();
  }

  @Override
  public boolean exists(Path path) {
    return path.equals(directory) || names.containsKey(nameOf(path));
  }

  @Override
  public List<String> list(Path path) {
    return List.copyOf(names.keySet());
  }

  @Override
  public void createDirectory(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    Integer file = names.get(nameOf(from));
    if (file == null) {
      throw new NoSuchFileException(from.toString());
    }
    run(new Rename(file, nameOf(from), nameOf(to)));
  }

  @Override
  public void delete(Path path) throws IOException {
    if (!exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    run(new Delete(nameOf(path)));
  }

  @Override
  public void forceDirectory(Path path) throws IOException {
    run(new ForceNames());
  }

  @Override
  public @Nullable FileLease lock(Path file, LeaseKind kind) {
    throw new UnsupportedOperationException();
  }

  private final class OpenFile implements StorageFile {
    private final Path path;
    private final int file;

    OpenFile(Path path, int file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public Caching caching() {
      return Caching.BUFFERED;
    }

    @Override
    public long size() {
      return contentOf(file).length;
    }

    @Override
    public int read(long position, MemorySegment target) {
      byte[] bytes = contentOf(file);
      int count = (int) Math.max(0, Math.min(target.byteSize(), bytes.length - position));
      MemorySegment.copy(
          MemorySegment.ofArray(bytes), Math.min(position, bytes.length), target, 0, count);
      return count;
    }

    @Override
    public void write(long position, MemorySegment source) throws IOException {
      run(new Write(file, position, source.toArray(ValueLayout.JAVA_BYTE)));
    }

    @Override
    public void truncate(long bytes) throws IOException {
      run(new Cut(file, bytes));
    }

    @Override
    public void force() throws IOException {
      run(new Force(file));
    }

    @Override
    public MappedRegion map(long position, long bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
