package io.drey;

/** A writing call on something opened for reads alone. Nothing has changed. */
public final class ReadOnlyException extends DreyException {
  private static final long serialVersionUID = 1L;

  /** Makes the exception for a writing call named {@code operation}. */
  public ReadOnlyException(String operation) {
    super(
        operation
            + " is not possible: the store is open for reads alone; open it with"
            + " Access.READ_WRITE");
  }
}
