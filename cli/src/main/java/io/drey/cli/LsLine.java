package io.drey.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** How {@code ls} prints one line. */
sealed interface LsLine {
  /** A record; key and value are ranges of {@code buffer}. */
  void record(byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength);

  /** A directory with the value of its own record; null = it has none or nobody asked. */
  void directory(byte[] key, byte @Nullable [] value);

  /** The key alone. */
  record Plain(Output out) implements LsLine {
    @Override
    public void record(
        byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength) {
      out.key(buffer, keyOffset, keyLength).write('\n');
    }

    @Override
    public void directory(byte[] key, byte @Nullable [] value) {
      out.key(key).write('\n');
    }
  }

  /** Columns in front of the key; a value that is no {@link FileRecord} has its length as size. */
  final class Columns implements LsLine {
    private static final int SIZE_COLUMNS = 12;
    private static final int ID_COLUMNS = 5;
    private static final int DATE_COLUMNS = 16;
    private static final String NOTHING = "-";

    private final Output out;
    private final ZoneId zone = ZoneId.systemDefault();

    Columns(Output out) {
      this.out = out;
    }

    @Override
    public void record(
        byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength) {
      columns(FileRecord.of(buffer, valueOffset, valueLength), '?', valueLength);
      out.key(buffer, keyOffset, keyLength).write('\n');
    }

    @Override
    public void directory(byte[] key, byte @Nullable [] value) {
      if (value == null) {
        columns(null, 'd', FileRecord.BYTES);
      } else {
        columns(FileRecord.of(value, 0, value.length), 'd', value.length);
      }
      out.key(key).write('\n');
    }

    private void columns(@Nullable FileRecord file, char unknownType, int valueLength) {
      if (file == null) {
        out.text(unknownType + "?????????");
        right(NOTHING, ID_COLUMNS + 1);
        right(NOTHING, ID_COLUMNS + 1);
        right(unknownType == 'd' ? NOTHING : Integer.toString(valueLength), SIZE_COLUMNS + 1);
        right(NOTHING, DATE_COLUMNS + 1);
      } else {
        out.text(file.modeText());
        right(Integer.toUnsignedString(file.uid()), ID_COLUMNS + 1);
        right(Integer.toUnsignedString(file.gid()), ID_COLUMNS + 1);
        right(Long.toString(file.size()), SIZE_COLUMNS + 1);
        right(date(file.seconds()), DATE_COLUMNS + 1);
      }
      out.write(' ');
    }

    private String date(long seconds) {
      if (Math.abs(seconds) > Instant.MAX.getEpochSecond()) {
        return NOTHING;
      }
      LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochSecond(seconds), zone);
      StringBuilder text = new StringBuilder(DATE_COLUMNS).append(time.getYear());
      twoDigits(text.append('-'), time.getMonthValue());
      twoDigits(text.append('-'), time.getDayOfMonth());
      twoDigits(text.append(' '), time.getHour());
      twoDigits(text.append(':'), time.getMinute());
      return text.toString();
    }

    private static void twoDigits(StringBuilder text, int number) {
      text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private void right(String text, int columns) {
      for (int i = text.length(); i < columns; i++) {
        out.write(' ');
      }
      out.text(text);
    }
  }

  /** An object a line. */
  record Json(JsonWriter json) implements LsLine {
    @Override
    public void record(
        byte[] buffer, int keyOffset, int keyLength, int valueOffset, int valueLength) {
      json.beginObject().bytes("key", buffer, keyOffset, keyLength).member("kind", "record");
      value(buffer, valueOffset, valueLength);
      json.endObject().endLine();
    }

    @Override
    public void directory(byte[] key, byte @Nullable [] value) {
      json.beginObject().bytes("key", key).member("kind", "prefix");
      if (value != null) {
        value(value, 0, value.length);
      }
      json.endObject().endLine();
    }

    private void value(byte[] bytes, int offset, int length) {
      FileRecord file = FileRecord.of(bytes, offset, length);
      if (file == null) {
        json.bytes("value", bytes, offset, length);
      } else {
        json.name("file").any(file);
      }
    }
  }
}
