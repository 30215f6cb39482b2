package io.drey.cli;

import io.drey.EntryVisitor;
import io.drey.Scan;
import io.drey.Tree;
import io.drey.Visit;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code drey ls}: one level of keys. */
@Command(
    name = "ls",
    description = {
      "List the keys that start with a prefix, one level deep.",
      "What goes on behind the next slash is rolled up into one line that ends in the slash. A"
          + " directory's own record is not listed in itself. Exit code 1: nothing starts with"
          + " PREFIX."
    },
    footer = {
      "",
      "Examples:",
      "  drey ls /usr/                      what is in /usr",
      "  drey ls -l /usr/bin/g              its programs that start with g",
      "  drey ls --limit 100 /usr/bin/      a first page",
      "  drey ls --limit 100 --after /usr/bin/cat /usr/bin/",
      "  drey ls --reverse --limit 1 /usr/  the last"
    })
final class LsCommand implements Callable<Integer> {
  private static final byte SEPARATOR = '/';

  private final Session session;

  @Parameters(
      paramLabel = "PREFIX",
      arity = "0..1",
      description = "What the keys start with; end a directory with a slash.")
  private String prefix = "";

  @Option(
      names = {"-l", "--long"},
      description = "Show mode, owner, group, size and time, as ls -l does.")
  private boolean longFormat;

  @Option(
      names = {"-r", "--recursive"},
      description = "List all levels, each key by itself.")
  private boolean recursive;

  @Option(names = "--reverse", description = "List from the last key to the first.")
  private boolean reverse;

  @Option(names = "--limit", paramLabel = "N", description = "List at most N lines.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--after",
      paramLabel = "KEY",
      description = "Start beyond KEY, the last line of the page before.")
  private @Nullable String after;

  LsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    if (limit < 0) {
      throw new CommandFailure(ExitCode.USAGE, "--limit is not negative");
    }
    byte[] start = session.bytes(prefix);
    Output out = session.output();
    try (Tree tree = session.openToRead()) {
      LsLine line =
          session.json()
              ? new LsLine.Json(new JsonWriter(out))
              : longFormat ? new LsLine.Columns(out) : new LsLine.Plain(out);
      long listed = scan(tree, start).visit(visitor(tree, line, start));
      out.flush();
      if (listed == 0 && limit > 0 && tree.isPrefixEmpty(start)) {
        session.tell("nothing starts with " + session.quoted(start));
        return ExitCode.FOUND;
      }
    }
    return ExitCode.OK;
  }

  private EntryVisitor visitor(Tree tree, LsLine line, byte[] start) {
    boolean wantsOwnRecord = longFormat || session.json();
    boolean hidesStart = isOneLevelOf(start);
    return (buffer, keyOffset, keyLength, valueOffset, valueLength, version) -> {
      if (hidesStart && keyLength == start.length) {
        return Visit.CONTINUE; // all keys here begin with it: this is the directory itself
      }
      if (valueLength >= 0) {
        line.record(buffer, keyOffset, keyLength, valueOffset, valueLength);
      } else {
        byte[] key = Arrays.copyOfRange(buffer, keyOffset, keyOffset + keyLength);
        line.directory(key, wantsOwnRecord ? tree.get(key) : null);
      }
      return Visit.CONTINUE;
    };
  }

  private boolean isOneLevelOf(byte[] start) {
    return !recursive && start.length > 0 && start[start.length - 1] == SEPARATOR;
  }

  private Scan scan(Tree tree, byte[] start) {
    Scan scan = tree.scan(start).limit(limit);
    if (!recursive) {
      scan = scan.delimiter(SEPARATOR);
    }
    if (!longFormat && !session.json()) {
      scan = scan.keysOnly();
    }
    byte[] from = after == null ? null : session.bytes(after);
    if (reverse) {
      scan = scan.reverse(); // the directory itself comes last and takes no line from the others
    } else if (isOneLevelOf(start) && (from == null || Arrays.compareUnsigned(from, start) < 0)) {
      from = start;
    }
    return from == null ? scan : scan.startAfter(from);
  }
}
