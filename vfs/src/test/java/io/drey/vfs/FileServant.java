package io.drey.vfs;

import io.drey.vfs.contract.TestBytes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** Main class of a child process: takes a lease, gives it back, or writes, as each line says. */
final class FileServant {
  private FileServant() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    Vfs vfs = Vfs.disk();
    FileLease held = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "write" -> out.println(write(vfs, Path.of(words[1])));
        case "release" -> {
          if (held != null) {
            held.close();
          }
          out.println("released");
        }
        default -> {
          FileLease taken = vfs.lock(Path.of(words[1]), LeaseKind.valueOf(words[0]));
          held = taken != null ? taken : held;
          out.println(taken != null ? "held" : "refused");
        }
      }
    }
  }

  /** Writes one MiB into a new file; says how it went and how long the file got. */
  private static String write(Vfs vfs, Path path) throws IOException {
    try (StorageFile file = vfs.open(path, OpenMode.CREATE_NEW, Caching.BUFFERED)) {
      try {
        file.write(0, TestBytes.room(1 << 20));
        return "written " + file.size();
      } catch (IOException e) {
        return "failed " + file.size() + " " + e.getMessage();
      }
    }
  }
}
