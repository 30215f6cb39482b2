package io.drey.cli;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON values, one a line, to an {@link Output}. Not thread-safe.
 *
 * <p>Bytes that are valid UTF-8 become a string named as asked, all others a Base64 string whose
 * name ends in {@code Base64}: a reader sees which of the two it got, and nothing is lost.
 */
final class JsonWriter {
  private final Output out;
  private boolean first = true;

  JsonWriter(Output out) {
    this.out = out;
  }

  JsonWriter beginObject() {
    separate();
    out.write('{');
    first = true;
    return this;
  }

  JsonWriter endObject() {
    out.write('}');
    first = false;
    return this;
  }

  JsonWriter beginArray(String name) {
    name(name);
    out.write('[');
    first = true;
    return this;
  }

  JsonWriter endArray() {
    out.write(']');
    first = false;
    return this;
  }

  /** Ends the value on this line. */
  void endLine() {
    out.write('\n');
    first = true;
  }

  /** The name of the next member; its value is what is written next. */
  JsonWriter name(String name) {
    separate();
    string(name);
    out.write(':');
    first = true;
    return this;
  }

  JsonWriter member(String name, long value) {
    name(name);
    return value(value);
  }

  JsonWriter member(String name, double value) {
    name(name);
    return value(value);
  }

  JsonWriter member(String name, boolean value) {
    name(name);
    return value(value);
  }

  /** A member of text; {@code null} is JSON's null. */
  JsonWriter member(String name, @Nullable String byteText) {
    name(name);
    return value(byteText);
  }

  JsonWriter bytes(String name, byte[] bytes) {
    return bytes(name, bytes, 0, bytes.length);
  }

  JsonWriter bytes(String name, byte[] bytes, int offset, int length) {
    if (ByteText.isUtf8(bytes, offset, length)) {
      return member(name, ByteText.of(bytes, offset, length));
    }
    byte[] part = Arrays.copyOfRange(bytes, offset, offset + length);
    return member(name + "Base64", Base64.getEncoder().encodeToString(part));
  }

  /** An element of an array that is bytes: text, or an object with their Base64. */
  JsonWriter bytesValue(byte[] bytes) {
    if (ByteText.isUtf8(bytes, 0, bytes.length)) {
      return value(ByteText.of(bytes));
    }
    return beginObject().bytes("text", bytes).endObject();
  }

  JsonWriter value(long value) {
    separate();
    out.text(Long.toString(value));
    return this;
  }

  JsonWriter value(double value) {
    separate();
    out.text(Double.isFinite(value) ? trimmed(value) : "null");
    return this;
  }

  JsonWriter value(boolean value) {
    separate();
    out.text(value ? "true" : "false");
    return this;
  }

  JsonWriter value(@Nullable String byteText) {
    separate();
    if (byteText == null) {
      out.text("null");
    } else {
      string(byteText);
    }
    return this;
  }

  /** A record by its components, nested ones included; what has no shape of its own as text. */
  JsonWriter any(@Nullable Object value) {
    switch (value) {
      case null -> value((String) null);
      case Long n -> value(n.longValue());
      case Integer n -> value(n.longValue());
      case Double n -> value(n.doubleValue());
      case Boolean b -> value(b.booleanValue());
      case byte[] bytes -> value(ByteText.hex(bytes));
      case Collection<?> items -> array(items);
      case Map<?, ?> map -> object(map);
      case Record r -> object(r);
      default -> value(ByteText.ofPlatform(value.toString()));
    }
    return this;
  }

  private void array(Collection<?> items) {
    separate();
    out.write('[');
    first = true;
    for (Object item : items) {
      any(item);
    }
    endArray();
  }

  private void object(Map<?, ?> map) {
    beginObject();
    map.forEach((key, value) -> name(String.valueOf(key)).any(value));
    endObject();
  }

  private void object(Record value) {
    beginObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      name(component.getName()).any(RecordFields.get(component, value));
    }
    endObject();
  }

  private void separate() {
    if (!first) {
      out.write(',');
    }
    first = false;
  }

  private void string(String byteText) {
    out.write('"');
    for (int i = 0; i < byteText.length(); i++) {
      char c = byteText.charAt(i);
      switch (c) {
        case '"' -> out.text("\\\"");
        case '\\' -> out.text("\\\\");
        case '\n' -> out.text("\\n");
        case '\t' -> out.text("\\t");
        default -> {
          if (c < ' ') {
            out.text("\\u00").text(Integer.toHexString(0x100 | c).substring(1));
          } else {
            out.write(c);
          }
        }
      }
    }
    out.write('"');
  }

  private static String trimmed(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
