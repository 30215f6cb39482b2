package io.drey.model;

import io.drey.Existing;
import io.drey.model.Operation.Guess;
import io.drey.model.Operation.Made;
import io.drey.model.ScanShape.Content;
import io.drey.model.ScanShape.Delimiter;
import io.drey.model.ScanShape.Direction;
import io.drey.model.ScanShape.Way;
import io.drey.testing.Directories;
import io.drey.testing.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** Short chains of operations over few keys, shrunk by jqwik when one fails. */
@Tag("both-sizes")
class ExploratoryModelTest {
  private static final int KEYS = 40;
  private static final int CHAIN_OPERATIONS_MAX = 120;

  private final List<Walk> open = new ArrayList<>();
  private final List<Path> grounds = new ArrayList<>();

  @Property(tries = 120)
  void anyChainInMemory(@ForAll("inMemory") ActionChain<Walk> chain) {
    chain.run().verify();
  }

  @Property(tries = 30)
  void anyChainInADirectory(@ForAll("inADirectory") ActionChain<Walk> chain) {
    chain.run().verify();
  }

  @Property(tries = 60)
  void anyChainInABlobStore(@ForAll("inABlobStore") ActionChain<Walk> chain) {
    chain.run().verify();
  }

  @AfterTry
  void closeEverything() throws IOException {
    open.forEach(Walk::close);
    open.clear();
    for (Path ground : grounds) {
      Directories.delete(ground);
    }
    grounds.clear();
  }

  @Provide
  Arbitrary<ActionChain<Walk>> inMemory() {
    return chains(Setup.MEMORY);
  }

  @Provide
  Arbitrary<ActionChain<Walk>> inADirectory() {
    return chains(Setup.JOURNAL);
  }

  @Provide
  Arbitrary<ActionChain<Walk>> inABlobStore() {
    return chains(Setup.BLOB_STORE);
  }

  private Arbitrary<ActionChain<Walk>> chains(Setup setup) {
    return ActionChain.startWith(() -> walk(setup))
        .withAction(10, action(writes()))
        .withAction(6, action(deletes()))
        .withAction(4, action(batches()))
        .withAction(5, action(reads()))
        .withAction(1, action(maintenance()))
        .withMaxTransformations(CHAIN_OPERATIONS_MAX);
  }

  private static Action.Independent<Walk> action(Arbitrary<Operation> operations) {
    return () ->
        operations.map(
            operation -> Transformer.mutate(operation.toString(), walk -> walk.run(operation)));
  }

  private Walk walk(Setup setup) {
    try {
      Path ground = Files.createTempDirectory("drey-chain");
      grounds.add(ground);
      Walk walk = new Walk(setup, ground, KeySpace.MIXED.keys(KEYS, 1));
      open.add(walk);
      return walk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arbitrary<Operation> writes() {
    return Arbitraries.oneOf(
        Combinators.combine(key(), length(), seed()).as(Operation.Put::new),
        Combinators.combine(key(), length(), seed()).as(Operation.Set::new),
        Combinators.combine(key(), length(), seed()).as(Operation.PutIfAbsent::new),
        Combinators.combine(key(), guess(), length(), seed()).as(Operation.Replace::new),
        Combinators.combine(key(), Arbitraries.of(Made.class), length(), seed())
            .as(Operation.Update::new));
  }

  private static Arbitrary<Operation> deletes() {
    return Arbitraries.oneOf(
        key().map(Operation.Delete::new),
        Combinators.combine(key(), guess()).as(Operation.DeleteVersion::new),
        Combinators.combine(key(), key(), Arbitraries.of(Existing.class)).as(Operation.Rename::new),
        Arbitraries.of(Operation.Order.class).map(Operation.DeleteAll::new));
  }

  private static Arbitrary<Operation> batches() {
    Arbitrary<Operation.Step> step =
        Arbitraries.oneOf(
            Combinators.combine(key(), length(), seed()).as(Operation.StepPut::new),
            Combinators.combine(key(), length(), seed()).as(Operation.StepPutIfAbsent::new),
            Combinators.combine(key(), guess(), length(), seed()).as(Operation.StepReplace::new),
            key().map(Operation.StepDelete::new),
            Combinators.combine(key(), guess()).as(Operation.StepDeleteVersion::new),
            Combinators.combine(key(), key(), Arbitraries.of(Existing.class))
                .as(Operation.StepRename::new),
            key().map(Operation.RequireAbsent::new),
            Combinators.combine(key(), guess()).as(Operation.RequireVersion::new),
            Combinators.combine(key(), prefixBytes()).as(Operation.RequireEmptyPrefix::new));
    return step.list().ofMaxSize(6).map(Operation.Atomic::new);
  }

  private static Arbitrary<Operation> reads() {
    Arbitrary<ScanShape> shape =
        Combinators.combine(
                key(),
                prefixBytes(),
                Arbitraries.integers().between(-1, KEYS - 1),
                prefixBytes(),
                Arbitraries.of(Delimiter.class),
                Arbitraries.of(Content.class),
                Arbitraries.integers().between(0, KEYS),
                Combinators.combine(Arbitraries.of(Direction.class), Arbitraries.of(Way.class))
                    .as(Fetch::new))
            .as(ExploratoryModelTest::shape);
    return Arbitraries.oneOf(
        key().map(Operation.Get::new),
        Combinators.combine(
                key(),
                Arbitraries.integers().between(0, KEYS),
                Arbitraries.integers().between(0, 3))
            .as(Operation.GetAll::new),
        Combinators.combine(key(), prefixBytes(), Arbitraries.integers().between(0, 2))
            .as(Operation.Longest::new),
        Combinators.combine(key(), prefixBytes()).as(Operation.Below::new),
        shape.map(Operation.Read::new),
        Combinators.combine(shape, Arbitraries.integers().between(1, 5)).as(Operation.Pages::new));
  }

  /** In which order entries are fetched, and how. */
  private record Fetch(Direction direction, Way way) {}

  private static ScanShape shape(
      int prefix,
      int prefixBytes,
      int start,
      int startBytes,
      Delimiter delimiter,
      Content content,
      int limit,
      Fetch fetch) {
    return new ScanShape(
        prefix,
        prefixBytes,
        start,
        startBytes,
        delimiter,
        content,
        limit,
        fetch.direction(),
        fetch.way());
  }

  private static Arbitrary<Operation> maintenance() {
    return Arbitraries.of(
        new Operation.Checkpoint(),
        new Operation.Compact(),
        new Operation.Stats(),
        new Operation.Reopen(),
        new Operation.Kill(),
        new Operation.Verify());
  }

  private static Arbitrary<Integer> key() {
    return Arbitraries.integers().between(0, KEYS - 1);
  }

  private static Arbitrary<Integer> length() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 40),
        Arbitraries.of(Limits.KEY_BYTES_MAX, Limits.KEY_BYTES_MAX + 1));
  }

  private static Arbitrary<Integer> seed() {
    return Arbitraries.integers().between(0, 1_000_000);
  }

  private static Arbitrary<Integer> prefixBytes() {
    return Arbitraries.integers().between(0, 25);
  }

  private static Arbitrary<Guess> guess() {
    return Arbitraries.of(Guess.class);
  }
}
