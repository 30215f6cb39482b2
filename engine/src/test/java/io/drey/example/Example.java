package io.drey.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.drey.RangeEntry;
import io.drey.Tree;
import io.drey.TreeConfig;
import java.nio.file.Path;

class Example {
  public static void main(String[] args) {
    try (Tree tree = Tree.open(TreeConfig.at(Path.of(args[0])))) {
      tree.put("/home/ada/notes".getBytes(UTF_8), "4 KiB".getBytes(UTF_8));
      tree.put("/home/ada/todo".getBytes(UTF_8), "1 KiB".getBytes(UTF_8));
      tree.put("/home/motd".getBytes(UTF_8), "empty".getBytes(UTF_8));

      for (RangeEntry entry : tree.scan("/home/".getBytes(UTF_8)).delimiter((byte) '/')) {
        switch (entry) {
          case RangeEntry.CommonPrefix(byte[] prefix) ->
              System.out.println(new String(prefix, UTF_8));
          case RangeEntry.Key(byte[] key, byte[] value, _) ->
              System.out.println(new String(key, UTF_8) + ": " + new String(value, UTF_8));
        }
      }
    }
  }
}
