package io.drey.crash.kill;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A child process as its parent sees it. Used by one thread. */
final class Child implements AutoCloseable {
  /** Exit code of a process that SIGKILL ended. */
  static final int KILLED = 128 + 9;

  private static final int STDERR_BYTES = 64 << 10;
  private static final int DUMP_SECONDS = 10;

  private final Process process;
  private final Path stderr;
  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();

  /** Starts the command; what it prints goes to the file {@code stderr}. */
  Child(List<String> command, Path stderr) throws IOException {
    this.stderr = stderr;
    process = new ProcessBuilder(command).redirectError(stderr.toFile()).start();
    Thread.ofPlatform().daemon().name("child-" + process.pid()).start(this::readMessages);
  }

  private void readMessages() {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
      while (true) {
        messages.add(Message.decode(in));
      }
    } catch (EOFException e) {
      // The child is gone; a message cut short was never said.
    } catch (IOException e) {
      messages.add(new Message.GaveUp("talk to its parent", e.toString()));
    }
    messages.add(new Message.Gone());
  }

  /** The next message, or null if none comes in time. */
  @Nullable Message next(long nanos) {
    try {
      return messages.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a child was running", e);
    }
  }

  /** Lets a recovered child do operations. One that died in between shows as gone. */
  void go(long seed, int operations) {
    try {
      DataOutputStream to = new DataOutputStream(process.getOutputStream());
      to.writeLong(seed);
      to.writeInt(operations);
      to.flush();
    } catch (IOException e) {
      // Its end says more than the broken pipe.
    }
  }

  /** WHY by its handle: the process object would close the pipe with what is still to be read. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** The exit code; the child is gone, or about to. */
  int exitCode() {
    return process.onExit().join().exitValue();
  }

  /** What all threads of the child are doing; empty if it does not answer. */
  String threads() {
    try {
      Path jcmd = ChildCommand.javaHome().resolve("bin").resolve("jcmd");
      if (Files.isExecutable(jcmd)) {
        return output(jcmd.toString(), Long.toString(process.pid()), "Thread.print");
      }
      // The VM then prints its threads to standard error.
      output("kill", "-QUIT", Long.toString(process.pid()));
      process.waitFor(1, TimeUnit.SECONDS);
      return "";
    } catch (IOException e) {
      return e.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Path file = Files.createTempFile("threads", ".txt");
    try {
      Process asked =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(file.toFile())
              .start();
      if (!asked.waitFor(DUMP_SECONDS, TimeUnit.SECONDS)) {
        asked.destroyForcibly();
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } finally {
      Files.delete(file);
    }
  }

  /** The end of what it printed. */
  String printed() throws IOException {
    byte[] all = Files.readAllBytes(stderr);
    int from = Math.max(0, all.length - STDERR_BYTES);
    return new String(all, from, all.length - from, StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    process.getOutputStream().close();
  }
}
