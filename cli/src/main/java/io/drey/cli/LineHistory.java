package io.drey.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What each line's record was when a verification last found the store sound: one little-endian
 * 32-bit number a line, 0 = no record, otherwise 1 + the generation. One thread.
 */
final class LineHistory {
  static final int ABSENT = 0;

  private int[] states;
  private int lines;

  private LineHistory(int[] states) {
    this.states = states;
    this.lines = states.length;
  }

  /** Every line absent. */
  static LineHistory empty() {
    return new LineHistory(new int[0]);
  }

  /** What {@link #save} wrote; a missing file is empty. */
  static LineHistory load(Path file) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      int[] states = new int[bytes.remaining() / Integer.BYTES];
      bytes.asIntBuffer().get(states);
      return new LineHistory(states);
    } catch (NoSuchFileException e) {
      return empty();
    }
  }

  int state(int line) {
    return line < lines ? states[line] : ABSENT;
  }

  void set(int line, int state) {
    if (line >= states.length) {
      states = Arrays.copyOf(states, Math.max(line + 1, states.length + states.length / 2));
    }
    lines = Math.max(lines, line + 1);
    states[line] = state;
  }

  /** Replaces the file in one step; {@code fileName} is byte text. */
  void save(String fileName) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(lines * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(states, 0, lines);
    try (NewFile file = new NewFile(fileName)) {
      file.write(bytes.array(), 0, bytes.capacity());
      file.publish();
    }
  }
}
