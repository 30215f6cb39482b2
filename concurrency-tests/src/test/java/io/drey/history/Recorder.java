package io.drey.history;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one worker did, written by it alone.
 *
 * <p>Tickets come from one counter that all workers share. WHY: an operation that drew its last
 * ticket before another drew its first one then happens before it in the sense of the memory model,
 * so the checker never accuses what the model allows. Clock readings have no such edge: a store may
 * be on its way to the other cores when the clock is read. The price is two atomic additions per
 * operation, and full fences between operations, though none inside.
 */
final class Recorder {
  private final int thread;
  private final AtomicLong tickets;
  private final List<Event> events = new ArrayList<>();
  private volatile long operations;
  private long worstNanos;

  Recorder(int thread, AtomicLong tickets) {
    this.thread = thread;
    this.tickets = tickets;
  }

  int thread() {
    return thread;
  }

  long ticket() {
    return tickets.incrementAndGet();
  }

  /** Notes an operation that began at {@code start} and ends now. */
  void note(String call, long start, Operation operation) {
    note(call, start, ticket(), operation);
  }

  void note(String call, long start, long end, Operation operation) {
    events.add(new Event(thread, call, start, end, operation));
  }

  /** One call more is done. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // this thread alone writes it
  void done(long nanos) {
    worstNanos = Math.max(worstNanos, nanos);
    operations++;
  }

  /** Calls done so far; for any thread. */
  long operations() {
    return operations;
  }

  /** The longest call, in nanoseconds. For others once the worker has ended. */
  long worstNanos() {
    return worstNanos;
  }

  /** The events so far; once the worker has ended. */
  List<Event> events() {
    return events;
  }
}
