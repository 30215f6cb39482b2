package io.drey.crash.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.vfs.Caching;
import io.drey.vfs.OpenMode;
import io.drey.vfs.StorageFile;
import io.drey.vfs.Vfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A key-value store in one append-only file. A change that has returned survives a power cut. Not
 * safe for use by several threads.
 *
 * <p>The file {@code log}: the length of its base, then records. Each open writes the live records
 * into a new file, the base, and gives it the name {@code log}; changes are appended to it. The log
 * ends at the first record that is not whole; inside the base that is damage.
 *
 * <pre>
 *   record: checksum 4 | key bytes 4 | value bytes 4, -1 = deleted | key | value
 * </pre>
 *
 * The checksum covers the record and its position, so that no record counts at another place.
 */
public final class LogStore implements AutoCloseable {
  /** What a store can get wrong, planted for the harness to find. */
  public enum Mistake {
    /** A correct store. */
    NONE,
    /** The new log's name is not forced: a power cut takes the whole log. */
    NAME_NOT_FORCED,
    /** Changes are acknowledged while up to three wait in memory: a kill takes those. */
    WRITES_LATER,
    /** A change that failed half-way stays in the log, and later ones are appended behind it. */
    HALF_RECORD_KEPT
  }

  /** The store is to be opened again; the change that met this may have happened. */
  public static final class FailedException extends IOException {
    private static final long serialVersionUID = 1L;

    FailedException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The file is not what this store wrote. */
  public static final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedException(Path file, long position) {
      super("%s: damaged at %d".formatted(file, position));
    }
  }

  private static final int HEADER_BYTES = 12;
  private static final int WAITING_RECORDS = 3;

  private final Mistake mistake;
  private final StorageFile file;
  private final NavigableMap<String, String> entries;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private int waitingRecords;
  private long end;
  private boolean failed;

  private LogStore(
      StorageFile file, long end, NavigableMap<String, String> entries, Mistake mistake) {
    this.file = file;
    this.end = end;
    this.entries = entries;
    this.mistake = mistake;
  }

  /** Opens the store in {@code directory}, which exists; makes it if there is none. */
  public static LogStore open(Vfs vfs, Path directory, Mistake mistake) throws IOException {
    Path log = directory.resolve("log");
    Path fresh = directory.resolve("log.new");
    NavigableMap<String, String> entries = vfs.exists(log) ? read(vfs, log) : new TreeMap<>();
    if (vfs.exists(fresh)) {
      vfs.delete(fresh);
    }
    StorageFile file = vfs.open(fresh, OpenMode.CREATE_NEW, Caching.BUFFERED);
    try {
      byte[] base = base(entries);
      file.write(0, MemorySegment.ofArray(base));
      file.force();
      vfs.rename(fresh, log);
      if (mistake != Mistake.NAME_NOT_FORCED) {
        vfs.forceDirectory(directory);
      }
      return new LogStore(file, base.length, entries, mistake);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Everything in the store; not to be changed. */
  public NavigableMap<String, String> entries() {
    return Collections.unmodifiableNavigableMap(entries);
  }

  /** The key has the value when this returns, durably. After an exception it has not. */
  public void put(String key, String value) throws IOException {
    append(key, value);
    entries.put(key, value);
  }

  /** The key is absent when this returns, durably. After an exception nothing has changed. */
  public void remove(String key) throws IOException {
    append(key, null);
    entries.remove(key);
  }

  @Override
  public void close() throws IOException {
    try (file) {
      if (waitingRecords > 0 && !failed) {
        write(waiting.toByteArray());
      }
    }
  }

  private void append(String key, @Nullable String value) throws IOException {
    if (failed) {
      throw new FailedException(file.path() + ": failed before", null);
    }
    byte[] record = record(end + waiting.size(), key, value);
    if (mistake == Mistake.WRITES_LATER && waitingRecords < WAITING_RECORDS) {
      waiting.writeBytes(record);
      waitingRecords++;
      return;
    }
    waiting.writeBytes(record);
    byte[] bytes = waiting.toByteArray();
    waiting.reset();
    waitingRecords = 0;
    write(bytes);
  }

  private void write(byte[] bytes) throws IOException {
    try {
      file.write(end, MemorySegment.ofArray(bytes));
    } catch (IOException e) {
      if (mistake == Mistake.HALF_RECORD_KEPT) {
        end = file.size();
      }
      throw e; // What was written of it is overwritten by the next record, or ends the log.
    }
    try {
      file.force();
    } catch (IOException e) {
      failed = true;
      throw new FailedException(file.path() + ": not forced, open the store again", e);
    }
    end += bytes.length;
  }

  private static byte[] base(NavigableMap<String, String> entries) {
    ByteArrayOutputStream base = new ByteArrayOutputStream();
    base.writeBytes(new byte[Long.BYTES]);
    for (Map.Entry<String, String> entry : entries.entrySet()) {
      base.writeBytes(record(base.size(), entry.getKey(), entry.getValue()));
    }
    return ByteBuffer.wrap(base.toByteArray()).putLong(0, base.size()).array();
  }

  private static byte[] record(long position, String key, @Nullable String value) {
    byte[] k = key.getBytes(UTF_8);
    byte[] v = value == null ? new byte[0] : value.getBytes(UTF_8);
    ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES + k.length + v.length);
    record.putInt(4, k.length).putInt(8, value == null ? -1 : v.length);
    record.put(HEADER_BYTES, k).put(HEADER_BYTES + k.length, v);
    return record.putInt(0, checksum(position, record.array())).array();
  }

  private static int checksum(long position, byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, position));
    sum.update(record, Integer.BYTES, record.length - Integer.BYTES);
    return (int) sum.getValue();
  }

  private static NavigableMap<String, String> read(Vfs vfs, Path log) throws IOException {
    NavigableMap<String, String> entries = new TreeMap<>();
    ByteBuffer bytes;
    try (StorageFile file = vfs.open(log, OpenMode.READ, Caching.BUFFERED)) {
      bytes = ByteBuffer.allocate((int) file.size());
      file.read(0, MemorySegment.ofBuffer(bytes));
    }
    long base = bytes.remaining() < Long.BYTES ? Long.MAX_VALUE : bytes.getLong();
    while (readRecord(bytes, entries)) {}
    if (base < Long.BYTES || bytes.position() < base) {
      throw new DamagedException(log, bytes.position());
    }
    return entries;
  }

  /** Reads the record at the buffer's position and moves on; false where there is none. */
  private static boolean readRecord(ByteBuffer bytes, NavigableMap<String, String> entries) {
    int position = bytes.position();
    if (bytes.remaining() < HEADER_BYTES) {
      return false;
    }
    int sum = bytes.getInt(position);
    int keyBytes = bytes.getInt(position + 4);
    int valueBytes = bytes.getInt(position + 8);
    long length = HEADER_BYTES + (long) keyBytes + Math.max(valueBytes, 0);
    if (keyBytes < 0 || valueBytes < -1 || length > bytes.remaining()) {
      return false;
    }
    byte[] record = new byte[(int) length];
    bytes.get(position, record);
    if (sum != checksum(position, record)) {
      return false;
    }
    String key = new String(record, HEADER_BYTES, keyBytes, UTF_8);
    if (valueBytes < 0) {
      entries.remove(key);
    } else {
      entries.put(key, new String(record, HEADER_BYTES + keyBytes, valueBytes, UTF_8));
    }
    bytes.position(position + (int) length);
    return true;
  }
}
