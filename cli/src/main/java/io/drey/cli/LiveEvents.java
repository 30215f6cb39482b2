package io.drey.cli;

import io.drey.profile.report.EventLine;
import io.drey.profile.report.RecordingSource;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import jdk.jfr.consumer.EventStream;
import org.jspecify.annotations.Nullable;

/** Prints the events of a process while it runs. */
final class LiveEvents {
  /** A stream is about a second behind the process it follows. */
  private static final int SECONDS_BEHIND = 2;

  private LiveEvents() {}

  static void follow(Session session, String target, String prefix, @Nullable Integer seconds) {
    RecordingTarget found = RecordingTarget.of(target);
    Output out = session.output();
    CountDownLatch end = new CountDownLatch(1);
    AtomicReference<Output.ClosedByReader> closed = new AtomicReference<>();
    try (EventStream stream = EventStream.openRepository(RecordingSource.repository(found.path()));
        StopRequest _ = StopRequest.install(end::countDown)) {
      stream.onEvent(event -> {
        if (event.getEventType().getName().startsWith(prefix)) {
          out.line(ByteText.ofPlatform(EventLine.of(event)));
        }
      });
      stream.onFlush(out::flush);
      stream.onError(failure -> {
        if (failure instanceof Output.ClosedByReader byReader) {
          closed.set(byReader);
          end.countDown();
        }
      });
      stream.onClose(end::countDown);
      Optional<CompletableFuture<Void>> death = found.process().map(p -> endSoonAfter(p, end));
      stream.startAsync();
      await(end, seconds);
      death.ifPresent(pending -> pending.cancel(false));
    } catch (IOException e) {
      throw RecordingTarget.unreadable(target, e);
    }
    if (closed.get() != null) {
      throw closed.get();
    }
    out.flush();
  }

  /** The stream ends by itself with an orderly process; one that is killed leaves it waiting. */
  private static CompletableFuture<Void> endSoonAfter(ProcessHandle process, CountDownLatch end) {
    Executor later = CompletableFuture.delayedExecutor(SECONDS_BEHIND, TimeUnit.SECONDS);
    return process.onExit().thenRunAsync(end::countDown, later);
  }

  private static void await(CountDownLatch end, @Nullable Integer seconds) {
    try {
      boolean ended = end.await(seconds == null ? Integer.MAX_VALUE : seconds, TimeUnit.SECONDS);
      assert ended || seconds != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
