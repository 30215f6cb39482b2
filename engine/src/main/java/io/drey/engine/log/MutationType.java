package io.drey.engine.log;

/** The journal's record types that belong to the engine. The numbers are part of the format. */
public final class MutationType {
  public static final int PUT = 16;
  public static final int DELETE = 17;
  public static final int RENAME = 18;

  /** Several operations, one sequence number each, all or nothing. */
  public static final int BATCH = 19;

  private MutationType() {}
}
