package io.drey.engine.store;

/**
 * What a manifest file says, as far as it is complete.
 *
 * @param state the state after the last complete commit
 * @param commitNumber the number of that commit
 * @param fileNumber n of {@code manifest-n}
 * @param snapshotEnd where the snapshot ends and the commits begin
 * @param end where the last complete commit ends
 * @param fileBytes length of the file; what lies beyond {@code end} is an append cut short
 */
public record ManifestView(
    ManifestState state,
    long commitNumber,
    long fileNumber,
    long snapshotEnd,
    long end,
    long fileBytes) {

  /** Whether an append was under way when the file was last written. */
  public boolean isTorn() {
    return end < fileBytes;
  }
}
