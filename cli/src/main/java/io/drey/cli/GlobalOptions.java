package io.drey.cli;

import static picocli.CommandLine.ScopeType.INHERIT;

import io.drey.Access;
import io.drey.Durability;
import io.drey.Storage;
import io.drey.TreeConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command takes, before or after its name. */
final class GlobalOptions {
  /** Options that say something of a store, or of what stands in it. */
  static final Set<String> OF_STORE =
      Set.of("--store", "--durability", "--storage", "--pool", "--escape");

  private static final String STORE_VARIABLE = "DREY_STORE";
  private static final String DEFAULT_STORE = "drey.store";
  private static final long MOST_POOL_BYTES_BY_DEFAULT = 1L << 30;

  @Option(
      names = {"-s", "--store"},
      paramLabel = "DIR",
      scope = INHERIT,
      order = 100,
      description = "The store's directory; otherwise $DREY_STORE or drey.store.")
  private @Nullable String store;

  @Option(
      names = "--durability",
      paramLabel = "none|os|sync",
      scope = INHERIT,
      order = 101,
      description =
          "What a change outlives when its command reports it: none = nothing before the next"
              + " checkpoint, os = a killed process (the default), sync = a power cut.")
  private Durability durability = Durability.OS;

  /** How the store's data file is accessed. */
  private enum StorageKind {
    DIRECT,
    MAPPED
  }

  @Option(
      names = "--storage",
      paramLabel = "direct|mapped",
      scope = INHERIT,
      order = 102,
      description =
          "How the data file is accessed: direct = past the system's cache, with a pool of its own"
              + " (the default), mapped = in the system's cache. The files are the same.")
  private StorageKind storage = StorageKind.DIRECT;

  @Option(
      names = "--pool",
      paramLabel = "SIZE",
      scope = INHERIT,
      order = 103,
      converter = SizeConverter.class,
      description =
          "Memory for the store, such as 64m or 1g; otherwise a quarter of the machine's, at most"
              + " 1g.")
  private @Nullable Long pool;

  @Option(
      names = "--json",
      scope = INHERIT,
      order = 104,
      description = "Print JSON, one value a line; bytes that are not UTF-8 as ...Base64.")
  private boolean json;

  @Option(
      names = "--escape",
      scope = INHERIT,
      order = 105,
      description =
          "Keys and values given or shown may hold \\xHH, \\n, \\t, \\r, \\0 and \\\\ for bytes.")
  private boolean escape;

  @Option(
      names = "--trace",
      scope = INHERIT,
      order = 106,
      description = "Print stack traces behind errors.")
  private boolean trace;

  boolean json() {
    return json;
  }

  boolean escape() {
    return escape;
  }

  boolean trace() {
    return trace;
  }

  Durability durability() {
    return durability;
  }

  /** The key or value that an argument stands for. */
  byte[] bytes(String argument) {
    return escape ? ByteText.unescape(argument) : ByteText.bytes(argument);
  }

  /** The store's directory as byte text, as it was given. */
  String storeName() {
    if (store != null) {
      return store;
    }
    String named = NativeArguments.environment(STORE_VARIABLE);
    return named != null ? named : DEFAULT_STORE;
  }

  /** These options as a command line has them, for a process that is to run with the same. */
  List<String> asArguments() {
    List<String> arguments = new ArrayList<>(List.of("--store", storeName()));
    arguments.addAll(List.of("--durability", durability.name().toLowerCase(Locale.ROOT)));
    arguments.addAll(List.of("--storage", storage.name().toLowerCase(Locale.ROOT)));
    if (pool != null) {
      arguments.addAll(List.of("--pool", pool.toString()));
    }
    if (json) {
      arguments.add("--json");
    }
    if (escape) {
      arguments.add("--escape");
    }
    if (trace) {
      arguments.add("--trace");
    }
    return arguments;
  }

  TreeConfig config(Access access) {
    if (access == Access.READ_ONLY) {
      requireStore();
    }
    Path directory = BytePaths.absolute(storeName());
    return TreeConfig.at(directory)
        .withStorage(
            storage == StorageKind.MAPPED
                ? new Storage.Mapped(directory)
                : new Storage.Direct(directory))
        .withDurability(durability)
        .withPoolBytes(poolBytes())
        .withAccess(access);
  }

  private long poolBytes() {
    long least = TreeConfig.minimumPoolBytes();
    if (pool == null) {
      long share = Math.min(PhysicalMemory.bytes() / 4, MOST_POOL_BYTES_BY_DEFAULT);
      return Math.max(share, least);
    }
    if (pool < least) {
      throw new CommandFailure(
          ExitCode.USAGE, "--pool is at least " + Math.ceilDiv(least, 1 << 20) + "m");
    }
    return pool;
  }

  /** Fails unless there is something to open; what it is, the engine finds out. */
  void requireStore() {
    Path directory = BytePaths.absolute(storeName());
    try (Stream<Path> files = Files.list(directory)) {
      if (files.findAny().isPresent()) {
        return;
      }
    } catch (IOException e) {
      if (Files.exists(directory) && !Files.isDirectory(directory)) {
        throw new CommandFailure(ExitCode.STORE, "'" + storeName() + "' is not a directory", e);
      }
      if (Files.isDirectory(directory)) {
        throw new CommandFailure(
            ExitCode.STORE, "the store '" + storeName() + "' cannot be read: " + reason(e), e);
      }
    }
    throw new CommandFailure(
        ExitCode.STORE,
        "there is no store in '"
            + storeName()
            + "': name one with --store or $DREY_STORE, or make one with drey index, load, put"
            + " or restore");
  }

  private static String reason(IOException e) {
    return ByteText.ofPlatform(FailureReport.reason(e));
  }
}
