package io.drey;

/** A rename's source is not there. Nothing has changed. */
public final class KeyNotFoundException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final byte[] key;

  /** Makes the exception for a missing {@code key}. */
  public KeyNotFoundException(byte[] key) {
    super("no record at the source key " + KeyText.of(key));
    this.key = key.clone();
  }

  /** A copy of the missing key. */
  public byte[] key() {
    return key.clone();
  }
}
