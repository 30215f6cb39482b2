package io.drey.fault;

import io.drey.Tree;
import io.drey.testing.Stores;
import java.io.IOException;
import java.nio.file.Path;

/** A process that opens a store, says so, and keeps it until its input ends. */
final class StoreHolder {
  private StoreHolder() {}

  public static void main(String[] arguments) throws IOException {
    try (Tree tree = Tree.open(Stores.config(Path.of(arguments[0])))) {
      System.out.println("open " + tree.contains(new byte[0]));
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
