package io.drey.engine.pool;

import io.drey.CorruptionException;
import java.io.IOException;

/**
 * An image does not read back as it was written. It is corruption only if the blob still names that
 * slot when the read has ended; until that is known it is treated as a failed read.
 */
final class DamagedImageException extends IOException {
  private static final long serialVersionUID = 1L;

  private final CorruptionException corruption;

  DamagedImageException(CorruptionException corruption) {
    super(corruption.getMessage(), corruption);
    this.corruption = corruption;
  }

  CorruptionException corruption() {
    return corruption;
  }
}
