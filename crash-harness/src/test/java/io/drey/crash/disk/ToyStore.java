package io.drey.crash.disk;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Operation;
import io.drey.crash.Promise;
import io.drey.crash.Subject;
import io.drey.crash.disk.Toy.Change;
import io.drey.crash.disk.Toy.Durability;
import io.drey.crash.disk.Toy.Mistake;
import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A map in memory, a snapshot of it, and a log of the changes since. Both files consist of records:
 * length and checksum of the rest, then sequence number and changes. A snapshot is one record with
 * the number of the last change in it; the log goes on from any number up to the next one.
 */
final class ToyStore implements Subject.Store {
  private static final int HEADER = 8;

  private record Body(long sequence, byte[] changes, int bytes) {}

  private final Toy toy;
  private final Vfs vfs;
  private final Path directory;
  private final TreeMap<Bytes, Bytes> map = new TreeMap<>();
  private final StorageFile log;
  private long end;
  private long sequence;
  private long versionsGiven;

  ToyStore(Toy toy, Vfs vfs, Path directory) throws Exception {
    this.toy = toy;
    this.vfs = vfs;
    this.directory = directory;
    List<String> names = vfs.list(directory);
    if (names.contains("snapshot")) {
      readSnapshot();
    }
    if (names.contains("log")) {
      log = vfs.open(directory.resolve("log"), OpenMode.WRITE, Caching.BUFFERED);
    } else {
      log = vfs.open(directory.resolve("log"), OpenMode.CREATE_NEW, Caching.BUFFERED);
      forceDirectory();
    }
    replay();
  }

  private void readSnapshot() throws IOException {
    Path path = directory.resolve("snapshot");
    try (StorageFile file = vfs.open(path, OpenMode.READ, Caching.BUFFERED)) {
      byte[] content = read(file);
      Body body = body(content, 0);
      if (body == null) {
        throw Toy.damaged(path);
      }
      apply(body);
      sequence = body.sequence;
    }
  }

  private void replay() throws Exception {
    byte[] content = read(log);
    long next = -1;
    while (true) {
      Body body = body(content, (int) end);
      if (body == null || (next >= 0 && body.sequence != next) || body.sequence > sequence + 1) {
        break;
      }
      if (body.sequence == sequence + 1) {
        apply(body);
        sequence++;
      }
      next = body.sequence + 1;
      end += body.bytes;
    }
    if (next <= sequence) {
      // All of it is in the snapshot, and what is appended must follow on what is before it.
      end = 0;
    }
    if (end < content.length) {
      endAtTornTail(content.length);
    }
  }

  private void endAtTornTail(int size) throws Exception {
    if (toy.makes(Mistake.REFUSES_A_TORN_TAIL)) {
      throw Toy.damaged(log.path());
    }
    if (toy.makes(Mistake.HANGS_AT_A_TORN_TAIL)) {
      new CountDownLatch(1).await();
    }
    if (toy.makes(Mistake.APPENDS_AFTER_A_TORN_TAIL)) {
      end = size;
      return;
    }
    log.truncate(end);
    if (!toy.makes(Mistake.CUTS_A_TORN_TAIL_WITHOUT_A_FORCE)) {
      log.force();
    }
    if (toy.makes(Mistake.FORGETS_WHAT_WAS_NOT_PROMISED)) {
      log.truncate(0);
    }
  }

  /** The valid record at that place, or null. */
  private @Nullable Body body(byte[] content, int at) {
    if (content.length - at < HEADER) {
      return null;
    }
    ByteBuffer header = ByteBuffer.wrap(content, at, HEADER);
    int length = header.getInt();
    int checksum = header.getInt();
    if (length < Long.BYTES || length > content.length - at - HEADER) {
      return null;
    }
    if (!toy.makes(Mistake.NO_CHECKSUM) && checksum != checksum(content, at + HEADER, length)) {
      return null;
    }
    ByteBuffer rest = ByteBuffer.wrap(content, at + HEADER, length);
    long number = rest.getLong();
    byte[] changes = new byte[rest.remaining()];
    rest.get(changes);
    return new Body(number, changes, HEADER + length);
  }

  private static int checksum(byte[] content, int from, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, from, length);
    return (int) checksum.getValue();
  }

  private void apply(Body body) throws IOException {
    DataInputStream changes = new DataInputStream(new ByteArrayInputStream(body.changes));
    while (changes.available() > 0) {
      Bytes key = Bytes.of(changes.readNBytes(changes.readInt()));
      int length = changes.readInt();
      if (length < 0) {
        map.remove(key);
      } else {
        map.put(key, Bytes.of(changes.readNBytes(length)));
      }
    }
  }

  private static byte[] read(StorageFile file) throws IOException {
    byte[] content = new byte[(int) file.size()];
    file.read(0, MemorySegment.ofArray(content));
    return content;
  }

  @Override
  public Ack apply(Operation operation) throws IOException {
    if (!(operation instanceof Change change)) {
      checkpoint();
      return Toy.ack(Promise.POWER_LOSS, 0);
    }
    if (toy.makes(Mistake.ACKNOWLEDGES_BEFORE_THE_FORCE)) {
      log.force();
    }
    Bytes second = change.second();
    if (second != null && toy.makes(Mistake.A_PAIR_IN_TWO_RECORDS)) {
      append(changes(change.value(), change.key()));
      append(changes(change.value(), second));
    } else if (second != null) {
      append(changes(change.value(), change.key(), second));
    } else {
      append(changes(change.value(), change.key()));
    }
    change.applyTo(map);
    versionsGiven++;
    long version = toy.makes(Mistake.VERSIONS_RESTART) ? versionsGiven : 0;
    if (change.durability() == Durability.FORCED
        && !toy.makes(Mistake.NO_FORCE)
        && !toy.makes(Mistake.ACKNOWLEDGES_BEFORE_THE_FORCE)) {
      log.force();
    }
    return Toy.ack(change.durability().promise, version);
  }

  private static byte[] changes(@Nullable Bytes value, Bytes... keys) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream changes = new DataOutputStream(bytes);
    for (Bytes key : keys) {
      changes.writeInt(key.length());
      changes.write(key.toArray());
      changes.writeInt(value == null ? -1 : value.length());
      changes.write(value == null ? new byte[0] : value.toArray());
    }
    return bytes.toByteArray();
  }

  private void append(byte[] changes) throws IOException {
    byte[] record = record(++sequence, changes);
    log.write(end, MemorySegment.ofArray(record));
    end += record.length;
  }

  private static byte[] record(long number, byte[] changes) {
    ByteBuffer record = ByteBuffer.allocate(HEADER + Long.BYTES + changes.length);
    int length = Long.BYTES + changes.length;
    record.putInt(length).putInt(0).putLong(number).put(changes);
    record.putInt(Integer.BYTES, checksum(record.array(), HEADER, length));
    return record.array();
  }

  private void checkpoint() throws IOException {
    Path temporary = directory.resolve("snapshot.new");
    if (vfs.exists(temporary)) {
      vfs.delete(temporary);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (var entry : map.entrySet()) {
      all.write(changes(entry.getValue(), entry.getKey()));
    }
    try (StorageFile file = vfs.open(temporary, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      file.write(0, MemorySegment.ofArray(record(sequence, all.toByteArray())));
      if (!toy.makes(Mistake.RENAMES_BEFORE_THE_FORCE)) {
        file.force();
      }
      vfs.rename(temporary, directory.resolve("snapshot"));
      file.force();
    }
    if (toy.makes(Mistake.CUTS_THE_LOG_BEFORE_THE_SNAPSHOT_IS_DURABLE)) {
      cutLog();
      forceDirectory();
    } else {
      forceDirectory();
      cutLog();
    }
  }

  private void cutLog() throws IOException {
    log.truncate(0);
    log.force();
    end = 0;
  }

  private void forceDirectory() throws IOException {
    if (!toy.makes(Mistake.NO_FORCE_OF_THE_DIRECTORY)) {
      vfs.forceDirectory(directory);
    }
  }

  @Override
  public NavigableMap<Bytes, Bytes> dump() {
    return Toy.copyOf(map);
  }

  @Override
  public List<String> check() {
    return toy.makes(Mistake.KEEPS_WHAT_CHECK_COMPLAINS_OF) && map.size() == 3
        ? List.of("three keys")
        : List.of();
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
