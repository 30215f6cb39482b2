package io.drey.model;

import io.drey.Tree;
import io.drey.TreeOn;
import io.drey.testing.Directories;
import io.drey.testing.MemoryBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The tree under test and the place it lives in. Belongs to one thread. */
final class Subject implements AutoCloseable {
  private final Setup setup;
  private final Path ground;
  private int lives;
  private Path directory;
  private MemoryBlobStore store = new MemoryBlobStore();
  private Tree tree;

  /** Opens a new tree in a new directory below {@code ground}, or in a new store. */
  Subject(Setup setup, Path ground) {
    this.setup = setup;
    this.ground = ground;
    this.directory = ground.resolve("life-0");
    this.tree = open();
  }

  private Tree open() {
    return setup == Setup.BLOB_STORE
        ? Tree.open(setup.config(directory), store)
        : TreeOn.smallSegments(setup.config(directory));
  }

  Setup setup() {
    return setup;
  }

  Tree tree() {
    return tree;
  }

  void reopen() {
    tree.close();
    nextStore();
    tree = open();
  }

  private void nextStore() {
    store.checkContract();
    store = store.afterPowerLoss();
  }

  /**
   * Copies what is stored as a killed process would leave it, opens the copy and closes the
   * original.
   */
  void kill() {
    Tree abandoned = tree;
    if (setup == Setup.BLOB_STORE) {
      nextStore();
      tree = open();
      abandoned.close();
      return;
    }
    Path copy = ground.resolve("life-" + ++lives);
    try {
      Directories.copy(directory, copy);
      Path left = directory;
      directory = copy;
      tree = open();
      abandoned.close();
      Directories.delete(left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    tree.close();
    store.checkContract();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
