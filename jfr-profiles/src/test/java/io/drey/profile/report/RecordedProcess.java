package io.drey.profile.report;

import io.drey.engine.event.Checkpoint;
import io.drey.engine.event.LatchRestart;
import io.drey.engine.event.LatencyStatistics;
import io.drey.engine.event.SlowOperation;
import io.drey.engine.event.StoreOpen;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingStream;

/**
 * A JVM that commits a few events by hand, tells by a line when they are flushed, and then stands
 * still, to be killed.
 */
final class RecordedProcess {
  static final int CHECKPOINTS = 5;
  static final long STORE = 7;

  private RecordedProcess() {}

  /** Starts one that keeps its recording in {@code repository}, and waits for the flush. */
  static Process start(Path repository) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:StartFlightRecording",
                    "-XX:FlightRecorderOptions:repository="
                        + repository
                        + ",preserve-repository=true",
                    "-cp",
                    System.getProperty("java.class.path"),
                    RecordedProcess.class.getName()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    while (line != null && !line.equals("flushed")) {
      line = lines.readLine();
    }
    return process;
  }

  /** The same events in a recording that was ended, in {@code file}. */
  static void record(Path file) throws IOException {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ActiveSetting");
      recording.start();
      commit();
      recording.stop();
      recording.dump(file);
    }
  }

  public static void main(String[] arguments) throws IOException {
    try (RecordingStream stream = new RecordingStream()) {
      // A stream gets an event when the flush that made it readable for all is over.
      stream.onEvent("io.drey.LatchRestart", _ -> System.out.println("flushed"));
      stream.startAsync();
      commit();
      System.in.read();
    }
  }

  private static void commit() {
    StoreOpen open = new StoreOpen();
    open.begin();
    open.store = STORE;
    open.directory = "</script><b>";
    open.durability = "SYNC";
    open.poolLimit = 1 << 25;
    open.commit();
    for (int i = 1; i <= CHECKPOINTS; i++) {
      Checkpoint checkpoint = new Checkpoint();
      checkpoint.begin();
      checkpoint.store = STORE;
      checkpoint.checkpoint = i;
      checkpoint.reason = "Bytes";
      checkpoint.write = 12_000_000;
      checkpoint.bytes = 1 << 20;
      checkpoint.commit();
    }
    for (String histogram : List.of("1023:98 2047:1", "1023:1 4000000:1")) {
      LatencyStatistics latency = new LatencyStatistics();
      latency.store = STORE;
      latency.operation = "get";
      latency.sample = 16;
      latency.p50 = 1023;
      latency.histogram = histogram;
      latency.commit();
    }
    SlowOperation slow = new SlowOperation();
    slow.begin();
    slow.store = STORE;
    slow.operation = "put";
    slow.dominant = "Memory";
    slow.commit();
    for (int i = 1; i <= 3; i++) {
      LatchRestart restart = new LatchRestart();
      restart.store = STORE;
      restart.blob = 4;
      restart.reason = "Changed";
      restart.restarts = 10 * i;
      restart.commit();
    }
  }
}
