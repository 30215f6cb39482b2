package io.drey.recovery;

import java.util.NoSuchElementException;

/** The canary that the system property {@link #PROPERTY} names, in processes that are killed. */
public final class CanarySubject extends DreySubject {
  /** Names a canary. */
  public static final String PROPERTY = "io.drey.recovery.canary";

  public CanarySubject() {
    this(named(System.getProperty(PROPERTY, "")));
  }

  private CanarySubject(Canary canary) {
    super(canary.shape(), canary.workload(), canary.mutations());
  }

  private static Canary named(String name) {
    return Canary.all().stream()
        .filter(canary -> canary.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException("no canary is called " + name));
  }
}
