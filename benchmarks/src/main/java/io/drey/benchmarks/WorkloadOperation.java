package io.drey.benchmarks;

/** The operations of the reference workload. Their numbers take part in the seed. */
enum WorkloadOperation {
  GET(1),
  GETMISS(2),
  PUT(3),
  MIXED(4),
  LIST(5),
  LISTKEYS(6),
  LISTDIR(7),
  CREATEDEL(8),
  RENAME(9),
  MIX(10),
  /** The load itself. */
  INSERT(11),
  /** As GET, into native memory of the caller. */
  GETINTO(12),
  /** As GET, {@link Worker#KEYS_AT_ONCE} keys in one call. */
  GETALL(13),
  /** As LIST, from the last record on. */
  LISTREVERSE(14);

  private final int number;

  WorkloadOperation(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Whether it needs paths: keys with directories, and space for other keys beside them. */
  boolean needsPaths() {
    return number >= LISTDIR.number && number <= MIX.number;
  }
}
