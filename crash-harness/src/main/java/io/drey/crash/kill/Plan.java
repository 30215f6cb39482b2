package io.drey.crash.kill;

/** When a child is to be killed. */
sealed interface Plan {
  /** Never: the child shows how much there is to do. */
  record Finish() implements Plan {}

  /** So long after it has begun to recover; if it has finished by then, while it works. */
  record InRecovery(long nanos) implements Plan {}

  /** So long after so many operations were acknowledged. */
  record AtWork(int acknowledged, long nanos) implements Plan {}

  /** So long after it has come to the point. */
  record AtPoint(KillPoint point, KillPoint template, long nanos) implements Plan {}
}
