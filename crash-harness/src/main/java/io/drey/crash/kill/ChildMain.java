package io.drey.crash.kill;

import io.drey.crash.Ack;
import io.drey.crash.Bytes;
import io.drey.crash.Failure;
import io.drey.crash.Operation;
import io.drey.crash.Subject;
import io.drey.crash.hostile.TappedVfs;
import io.drey.vfs.Vfs;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The child: recovers the store, tells what it holds, waits for a seed and a number, and then does
 * as many operations, telling of each one right after the call has returned.
 *
 * <p>Arguments: the subject's class, the store's directory, the kill point or {@code -}. Speaks
 * {@link Message} on standard output; everything else that is printed goes to standard error.
 */
public final class ChildMain {
  private final OutputStream out;
  private final DataInputStream in;
  private final Subject subject;

  private ChildMain(OutputStream out, DataInputStream in, Subject subject) {
    this.out = out;
    this.in = in;
    this.subject = subject;
  }

  /** Runs the child. Exit code 0 after the store was closed, 3 after something failed. */
  public static void main(String[] arguments) throws Exception {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    Subject subject = Subjects.named(arguments[0]);
    ChildMain child = new ChildMain(out, new DataInputStream(System.in), subject);
    child.tell(new Message.Started());
    KillPoint point = arguments[2].equals("-") ? null : KillPoint.parse(arguments[2]);
    System.exit(child.run(Path.of(arguments[1]), point) ? 0 : 3);
  }

  private boolean run(Path directory, @Nullable KillPoint point) throws IOException {
    StandStill tap = new StandStill(point, () -> tell(new Message.Reached()));
    String doing = "open";
    try {
      long start = System.nanoTime();
      Subject.Store store = subject.open(new TappedVfs(Vfs.disk(), tap), directory);
      long nanos = System.nanoTime() - start;
      doing = "dump";
      NavigableMap<Bytes, Bytes> model = new TreeMap<>(store.dump());
      doing = "check";
      List<String> problems = store.check();
      tell(new Message.Recovered(nanos, model, problems));
      doing = "work";
      work(store, model, in.readLong(), in.readInt());
      doing = "close";
      store.close();
      tell(new Message.Done(tap.calls()));
      return true;
    } catch (Throwable e) {
      tell(new Message.GaveUp(doing, trace(e)));
      return false;
    }
  }

  private void work(Subject.Store store, NavigableMap<Bytes, Bytes> model, long seed, int count)
      throws IOException {
    RandomGenerator random = Subjects.random(seed);
    NavigableMap<Bytes, Bytes> view = Collections.unmodifiableNavigableMap(model);
    for (int i = 0; i < count; i++) {
      Operation operation = subject.next(random, view);
      Ack ack;
      try {
        ack = store.apply(operation);
      } catch (Throwable e) {
        Failure failure = subject.classify(e);
        tell(new Message.Failed(failure, trace(e)));
        if (failure != Failure.NOT_APPLIED) {
          return;
        }
        continue;
      }
      tell(new Message.Acked(ack));
      operation.applyTo(model);
    }
  }

  /** Hands the message to the operating system: it arrives even if a kill comes now. */
  private void tell(Message message) throws IOException {
    byte[] bytes = Message.encode(message);
    synchronized (out) {
      out.write(bytes);
    }
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
