package io.drey.fault;

import io.drey.Durability;
import io.drey.Tree;
import io.drey.testing.Stores;
import java.nio.file.Path;

/**
 * A process that stores records in ascending order without end, with a batch of two and a rename
 * now and then, and prints the number of each once it is acknowledged.
 */
final class StoreWriter {
  private StoreWriter() {}

  public static void main(String[] arguments) {
    Durability durability = Durability.valueOf(arguments[1]);
    int from = Integer.parseInt(arguments[2]);
    try (Tree tree = Tree.open(Stores.config(Path.of(arguments[0])).withDurability(durability))) {
      for (int number = from; ; number++) {
        write(tree, number);
        System.out.println(number);
        if (number % 1_000 == 999) {
          tree.checkpoint();
        }
      }
    }
  }

  private static void write(Tree tree, int number) {
    byte[] key = Stores.key(number);
    byte[] value = Stores.value(number);
    switch (number % 3) {
      case 0 -> tree.set(key, value);
      case 1 ->
          tree.atomic(batch -> batch.requireAbsent(key).put(key, new byte[0]).put(key, value));
      default -> {
        byte[] draft = new byte[] {'~'};
        tree.set(draft, value);
        tree.rename(draft, key, io.drey.Existing.KEEP);
      }
    }
  }
}
