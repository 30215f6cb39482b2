package io.drey.cli;

import java.util.concurrent.CountDownLatch;

/**
 * Turns SIGINT and SIGTERM into a request, and holds the process until the command has closed its
 * store.
 *
 * <p>The command asks {@link #requested} between records and calls {@link #close} when its store is
 * closed. The process then ends with the status of the signal, 130 or 143.
 */
final class StopRequest implements AutoCloseable {
  private final CountDownLatch finished = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "drey-stop");
  private final Runnable wake;
  private volatile boolean requested;

  private StopRequest(Runnable wake) {
    this.wake = wake;
  }

  /** {@code wake} runs on another thread when a signal comes, to end what the command waits for. */
  static StopRequest install(Runnable wake) {
    StopRequest request = new StopRequest(wake);
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  boolean requested() {
    return requested;
  }

  /** What a signal does; tests call it in place of one. */
  void request() {
    requested = true;
    wake.run();
  }

  @Override
  public void close() {
    finished.countDown();
    if (!requested) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        requested = true;
      }
    }
  }

  private void stop() {
    request();
    boolean done = false;
    while (!done) {
      try {
        finished.await();
        done = true;
      } catch (InterruptedException e) {
        done = finished.getCount() == 0;
      }
    }
  }
}
