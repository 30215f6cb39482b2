package io.drey.profile.report;

/**
 * What a rule of Mission Control says of a recording. Plain text.
 *
 * @param rule the rule's id
 * @param subject whom it is about
 * @param severity how bad it is
 * @param score from 0 to 100, higher is worse; negative = the rule gives none
 * @param name the rule's name
 * @param summary one sentence with a number
 * @param explanation why it matters; may be empty
 * @param solution what to change; may be empty
 */
public record Verdict(
    String rule,
    Subject subject,
    Severity severity,
    double score,
    String name,
    String summary,
    String explanation,
    String solution) {

  /** Whom a verdict is about. */
  public enum Subject {
    /** A store. */
    DREY,
    /** The process around it. */
    JAVA
  }

  /** How bad it is, the worst first. */
  public enum Severity {
    WARNING,
    INFO,
    OK
  }
}
