package io.drey.crash.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.Promise;
import io.drey.crash.hostile.CallKind;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a child tells its parent. A tag byte, then the fields in their order. */
sealed interface Message {
  /** The child's main method has begun. */
  record Started() implements Message {}

  /**
   * The store is open.
   *
   * @param nanos what opening took
   * @param problems what the store's own check says
   */
  record Recovered(long nanos, NavigableMap<Bytes, Bytes> dump, List<String> problems)
      implements Message {}

  /** An operation is acknowledged; which one, their order says. */
  record Acked(Ack ack) implements Message {}

  /** An operation has failed. */
  record Failed(Failure failure, String trace) implements Message {}

  /** Something other than an operation has failed, and the child ends. */
  record GaveUp(String doing, String trace) implements Message {}

  /** A thread stands at the kill point. */
  record Reached() implements Message {}

  /** All operations are done and the store is closed; how many calls of each kind it made. */
  record Done(Map<CallKind, Long> calls) implements Message {}

  /** The child is gone: nothing more comes. Made by the parent. */
  record Gone() implements Message {}

  /** The message as bytes, to be written at once. */
  static byte[] encode(Message message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    switch (message) {
      case Started _ -> out.writeByte('s');
      case Recovered recovered -> {
        out.writeByte('r');
        out.writeLong(recovered.nanos);
        out.writeInt(recovered.dump.size());
        for (Map.Entry<Bytes, Bytes> entry : recovered.dump.entrySet()) {
          writeBytes(out, entry.getKey().toArray());
          writeBytes(out, entry.getValue().toArray());
        }
        out.writeInt(recovered.problems.size());
        for (String problem : recovered.problems) {
          writeText(out, problem);
        }
      }
      case Acked acked -> {
        out.writeByte('a');
        writeText(out, acked.ack.promise().name());
        out.writeLong(acked.ack.version());
      }
      case Failed failed -> {
        out.writeByte('f');
        writeText(out, failed.failure.name());
        writeText(out, failed.trace);
      }
      case GaveUp gaveUp -> {
        out.writeByte('g');
        writeText(out, gaveUp.doing);
        writeText(out, gaveUp.trace);
      }
      case Reached _ -> out.writeByte('p');
      case Done done -> {
        out.writeByte('d');
        for (CallKind kind : CallKind.values()) {
          out.writeLong(done.calls.getOrDefault(kind, 0L));
        }
      }
      case Gone _ -> throw new IllegalArgumentException("never sent");
    }
    return bytes.toByteArray();
  }

  /** The next message; a cut one, or none, is an {@link java.io.EOFException}. */
  static Message decode(DataInputStream in) throws IOException {
    byte tag = in.readByte();
    return switch (tag) {
      case 's' -> new Started();
      case 'r' -> decodeRecovered(in);
      case 'a' -> new Acked(new Ack(Promise.valueOf(readText(in)), in.readLong()));
      case 'f' -> new Failed(Failure.valueOf(readText(in)), readText(in));
      case 'g' -> new GaveUp(readText(in), readText(in));
      case 'p' -> new Reached();
      case 'd' -> {
        Map<CallKind, Long> calls = new EnumMap<>(CallKind.class);
        for (CallKind kind : CallKind.values()) {
          calls.put(kind, in.readLong());
        }
        yield new Done(calls);
      }
      default -> throw new IOException("a child said " + tag);
    };
  }

  private static Recovered decodeRecovered(DataInputStream in) throws IOException {
    long nanos = in.readLong();
    NavigableMap<Bytes, Bytes> dump = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Bytes key = Bytes.of(readBytes(in));
      dump.put(key, Bytes.of(readBytes(in)));
    }
    List<String> problems = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      problems.add(readText(in));
    }
    return new Recovered(nanos, dump, problems);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), UTF_8);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
