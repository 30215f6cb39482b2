package io.drey.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drey.BlobStore;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stores that the documentation shows keep a tree. */
final class BlobStoreExamplesTest {
  private static final int RECORDS = 2_000;

  @Test
  void aMapKeepsATree() {
    MapStore store = new MapStore();
    keepsATree(() -> store);
  }

  @Test
  void aDirectoryKeepsATree(@TempDir Path directory) throws IOException {
    keepsATree(() -> new DirectoryStore(directory));
    try (Tree tree = Tree.open(config(), new DirectoryStore(directory));
        var files = Files.list(directory)) {
      assertEquals(tree.stats().blobs().size() + 1, files.count(), "frames and the root");
    }
  }

  @Test
  void theJavadocShowsTheMapAsItIsCompiled() throws IOException {
    String source = Files.readString(Path.of("src/test/java/io/drey/example/MapStore.java"));
    String shown = source.substring(source.indexOf("final class "));
    String javadoc = Files.readString(Path.of("src/main/java/io/drey/BlobStore.java"));
    assertTrue(javadoc.replaceAll("(?m)^ \\* ?", "").contains(shown), javadoc);
  }

  private static TreeConfig config() {
    return TreeConfig.memory().withPoolBytes(TreeConfig.minimumPoolBytes());
  }

  private static void keepsATree(Supplier<BlobStore> store) {
    for (int life = 1; life <= 3; life++) {
      try (Tree tree = Tree.open(config(), store.get())) {
        for (int number = 0; number < RECORDS; number++) {
          byte[] before = life == 1 ? null : value(number, life - 1);
          assertArrayEquals(before, tree.put(key(number), value(number, life)));
        }
        tree.checkpoint();
        assertEquals(List.of(), tree.check());
      }
    }
  }

  private static byte[] key(int number) {
    return "/example/%d".formatted(number).getBytes(UTF_8);
  }

  private static byte[] value(int number, int life) {
    return "%d in life %d".formatted(number, life).repeat(400).getBytes(UTF_8);
  }
}
