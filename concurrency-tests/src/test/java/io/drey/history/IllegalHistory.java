package io.drey.history;

/** Something was observed that no order of the operations explains. */
final class IllegalHistory extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IllegalHistory(String story) {
    super(story);
  }

  IllegalHistory(String story, Throwable cause) {
    super(story, cause);
  }
}
