package io.drey.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Buffered bytes on their way to standard output. Not thread-safe; {@link #flush} ends it.
 *
 * <p>A reader that goes away, as {@code head} does, ends the command by {@link ClosedByReader}.
 */
final class Output {
  /** How the bytes of a key are shown. */
  enum KeyStyle {
    /** As they are. */
    EXACT,
    /** Control bytes, which could steer a terminal, become question marks. */
    MASKED,
    /** Everything but printable ASCII as an escape. */
    ESCAPED
  }

  /** Nobody reads standard output any more. */
  static final class ClosedByReader extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final IOException failure;

    ClosedByReader(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    IOException failure() {
      return failure;
    }
  }

  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream target;
  private final KeyStyle keyStyle;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int used;

  Output(OutputStream target, KeyStyle keyStyle) {
    this.target = target;
    this.keyStyle = keyStyle;
  }

  Output write(int oneByte) {
    if (used == buffer.length) {
      drain();
    }
    buffer[used++] = (byte) oneByte;
    return this;
  }

  Output write(byte[] bytes, int offset, int length) {
    if (length > buffer.length - used) {
      drain();
      if (length > buffer.length) {
        send(bytes, offset, length);
        return this;
      }
    }
    System.arraycopy(bytes, offset, buffer, used, length);
    used += length;
    return this;
  }

  /** Byte text, as it is. */
  Output text(String byteText) {
    for (int i = 0; i < byteText.length(); i++) {
      write(byteText.charAt(i));
    }
    return this;
  }

  Output line(String byteText) {
    return text(byteText).write('\n');
  }

  Output key(byte[] bytes) {
    return key(bytes, 0, bytes.length);
  }

  Output key(byte[] bytes, int offset, int length) {
    switch (keyStyle) {
      case EXACT -> write(bytes, offset, length);
      case ESCAPED -> text(ByteText.escape(bytes, offset, length));
      case MASKED -> {
        for (int i = offset; i < offset + length; i++) {
          boolean control = (bytes[i] >= 0 && bytes[i] < ' ') || bytes[i] == 0x7f;
          write(control ? '?' : bytes[i]);
        }
      }
    }
    return this;
  }

  void flush() {
    drain();
    try {
      target.flush();
    } catch (IOException e) {
      throw new ClosedByReader(e);
    }
  }

  private void drain() {
    int length = used;
    used = 0;
    send(buffer, 0, length);
  }

  private void send(byte[] bytes, int offset, int length) {
    try {
      target.write(bytes, offset, length);
    } catch (IOException e) {
      throw new ClosedByReader(e);
    }
  }
}
