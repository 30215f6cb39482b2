package io.drey.cli;

import io.drey.profile.report.EventLine;
import java.io.IOException;
import java.time.Duration;
import jdk.jfr.consumer.EventStream;
import org.jspecify.annotations.Nullable;

/** Prints the events of a process while it runs. */
final class LiveEvents {
  private LiveEvents() {}

  static void follow(Session session, String target, String prefix, @Nullable Integer seconds) {
    RecordingTarget found = RecordingTarget.of(target);
    Output out = session.output();
    try (EventStream stream = EventStream.openRepository(found.path());
        StopRequest _ = StopRequest.install(stream::close)) {
      stream.setOrdered(true);
      stream.setReuse(true);
      stream.onEvent(
          event -> {
            if (event.getEventType().getName().startsWith(prefix)) {
              out.line(ByteText.ofPlatform(EventLine.of(event)));
            }
          });
      stream.onFlush(out::flush);
      Output.ClosedByReader[] closed = new Output.ClosedByReader[1];
      stream.onError(
          failure -> {
            if (failure instanceof Output.ClosedByReader byReader) {
              closed[0] = byReader;
              stream.close();
            }
          });
      found.process().ifPresent(process -> process.onExit().thenRun(stream::close));
      stream.startAsync();
      await(stream, seconds);
      if (closed[0] != null) {
        throw closed[0];
      }
      out.flush();
    } catch (IOException e) {
      throw RecordingTarget.unreadable(target, e);
    }
  }

  private static void await(EventStream stream, @Nullable Integer seconds) {
    try {
      if (seconds == null) {
        stream.awaitTermination();
      } else {
        stream.awaitTermination(Duration.ofSeconds(seconds));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
