package io.drey.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.TreeConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference workload does what its definition says; no time is asserted. */
class WorkloadTest {
  private static final int RECORDS = 2_000;

  @TempDir Path ground;

  private Path pathList() throws IOException {
    Path file = ground.resolve("paths.gz");
    try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < RECORDS; i++) {
        output.write("usr/lib/part-%d/sub-%d/f%d\n".formatted(i % 5, i % 50, i).getBytes(UTF_8));
      }
    }
    return file;
  }

  @Nested
  class EveryOperation {
    @ParameterizedTest
    @ValueSource(strings = {"objstore", "fs", "kv", "real"})
    void runsOnEveryDataSet(String data) throws IOException {
      Records records = new Records(DataSet.of(data, RECORDS, pathList()));
      TreeConfig config = Profile.MEMORY.config(ground, 64 << 20);
      try (DreyEngine engine = new DreyEngine(config)) {
        Worker loader = new Worker(engine, records, WorkloadOperation.INSERT, 0);
        for (int place = 0; place < RECORDS; place++) {
          loader.load(place);
        }
        for (WorkloadOperation operation : WorkloadOperation.values()) {
          boolean known = !data.equals("kv") || !operation.needsPaths();
          if (known && operation != WorkloadOperation.INSERT) {
            Worker worker = new Worker(engine, records, operation, 0);
            for (int i = 0; i < 100; i++) {
              worker.run();
            }
          }
        }
        assertEquals(RECORDS, engine.tree().count(new byte[0]).records());
        assertEquals(List.of(), engine.tree().check());
      }
    }

    @ParameterizedTest
    @CsvSource({"memory, direct", "wal, direct", "wal, mapped", "sync, direct"})
    void isReportedInOneLine(String profile, String storage) throws Exception {
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      WorkloadOptions options =
          WorkloadOptions.of(
              "profile=" + profile,
              "n=" + RECORDS,
              "warmup=0",
              "measure=0",
              "repeats=1",
              "threads=1,2",
              "pool=32",
              "storage=" + storage,
              "dir=" + ground);
      new Workload(options, new PrintStream(printed, true, UTF_8)).run();
      List<String> lines = printed.toString(UTF_8).lines().toList();
      assertEquals(1 + 2 * (WorkloadOperation.values().length - 1), lines.size());
      for (String line : lines) {
        assertTrue(
            line.matches(
                "\\{\"engine\":\"drey(-mapped)?\",\"version\":\"[^\"]+\",\"profile\":\"\\w+\",\"dataset\":"
                    + "\"\\w+\",\"n\":\\d+,\"op\":\"\\w+\",\"threads\":\\d+,\"ns_per_op\":[0-9.]+,"
                    + "\"ops_per_s\":\\d+,\"p50\":\\d+,\"p99\":\\d+,\"p999\":\\d+,\"rss_mb\":-?\\d+,"
                    + "\"disk_mb\":\\d+}"),
            line);
      }
      try (var left = Files.list(ground)) {
        assertEquals(0, left.count(), "stores were left behind");
      }
    }
  }

  @Nested
  class DataSets {
    @Test
    void haveTheKeysAndValuesOfTheirFormulas() throws IOException {
      DataSet objects = DataSet.of("objstore", 100, null);
      assertEquals("bucket-03/path/sub-000/file-00000002.bin", text(objects.key(67)));
      assertEquals(
          "{\"size\":00002300,\"etag\":\"002dc6cb\",\"class\":\"STD\"}",
          text(objects.value(67)).strip());
      assertEquals(60, objects.value(67).length);
      DataSet files = DataSet.of("fs", 100, null);
      assertEquals("/usr/local/share/category-01/dir-001/file-000000", text(files.key(65)));
      assertEquals("/usr/local/share/category-01/dir-001/", text(files.directory(files.key(65))));
      assertEquals(32, files.value(65).length);
      DataSet random = DataSet.of("kv", 100, null);
      assertEquals(32, random.key(5).length);
      assertEquals(64, random.value(5).length);
      assertEquals(1, random.directory(random.key(5)).length);
    }

    @Test
    void readPathsFromAFileThatMayBeCompressed() throws IOException {
      DataSet compressed = DataSet.of("real", 0, pathList());
      assertEquals(RECORDS, compressed.size());
      assertEquals("usr/lib/part-2/sub-7/f7", text(compressed.key(7)));
      assertEquals("usr/lib/part-2/", text(compressed.rollupPrefix(7)));
      Path plain = Files.writeString(ground.resolve("plain"), "a/b\nc/d/e");
      DataSet few = DataSet.of("real", 0, plain);
      assertEquals(2, few.size());
      assertEquals("c/d/e", text(few.key(1)));
      assertEquals(1, DataSet.of("real", 1, plain).size());
    }

    @Test
    void areLoadedInAnOrderThatHasEveryRecordOnce() throws IOException {
      Records records = new Records(DataSet.of("fs", RECORDS, null));
      boolean[] seen = new boolean[RECORDS];
      for (int place = 0; place < RECORDS; place++) {
        assertTrue(!seen[records.loaded(place)]);
        seen[records.loaded(place)] = true;
      }
    }

    private static String text(byte[] bytes) {
      return new String(bytes, ISO_8859_1);
    }
  }

  @Nested
  class TheGenerator {
    @Test
    void drawsTheNumbersOfTheDefinition() {
      SplitMix64 zero = new SplitMix64(0);
      assertEquals(0xE220A8397B1DCDAFL, zero.next());
      assertEquals(0x6E789E6AA1B965F4L, zero.next());
      SplitMix64 drawn = new SplitMix64(7);
      drawn.next();
      drawn.next();
      assertEquals(drawn.next(), SplitMix64.after(7, 2).next());
    }

    @Test
    void makesRandomRecordsThatFollowOnEachOther() {
      RandomSet set = new RandomSet(10);
      SplitMix64 random = new SplitMix64(SplitMix64.SEED);
      byte[] drawn = new byte[96];
      var words = java.nio.ByteBuffer.wrap(drawn).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 12; i++) {
        words.putLong(random.next());
      }
      assertArrayEquals(java.util.Arrays.copyOf(drawn, 32), set.key(0));
      assertArrayEquals(java.util.Arrays.copyOfRange(drawn, 32, 96), set.value(0));
    }
  }

  @Nested
  class Options {
    @Test
    void thatAreNotUnderstoodAreRefusedWithTheUsage() {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> WorkloadOptions.of("speed=high"));
      assertTrue(String.valueOf(refusal.getMessage()).contains("profile="));
    }

    @Test
    void leaveOutWhatRandomKeysCannotDo() {
      assertTrue(
          WorkloadOptions.of("data=kv").operations().stream()
              .noneMatch(WorkloadOperation::needsPaths));
    }
  }
}
