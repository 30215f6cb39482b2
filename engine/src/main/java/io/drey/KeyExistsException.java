package io.drey;

/** A rename that must keep what is at its target found a record there. Nothing has changed. */
public final class KeyExistsException extends DreyException {
  private static final long serialVersionUID = 1L;

  private final byte[] key;

  /** Makes the exception for an existing {@code key}. */
  public KeyExistsException(byte[] key) {
    super(
        "the target key "
            + KeyText.of(key)
            + " has a record already: delete it first, or rename with Existing.REPLACE");
    this.key = key.clone();
  }

  /** A copy of the key that has a record. */
  public byte[] key() {
    return key.clone();
  }
}
