package io.drey.model;

import io.drey.Tree;
import io.drey.TreeOn;
import io.drey.testing.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The tree under test and the place it lives in. Belongs to one thread. */
final class Subject implements AutoCloseable {
  private final Setup setup;
  private final Path ground;
  private int lives;
  private Path directory;
  private Tree tree;

  /** Opens a new tree in a new directory below {@code ground}. */
  Subject(Setup setup, Path ground) {
    this.setup = setup;
    this.ground = ground;
    this.directory = ground.resolve("life-0");
    this.tree = TreeOn.smallSegments(setup.config(directory));
  }

  Setup setup() {
    return setup;
  }

  Tree tree() {
    return tree;
  }

  void reopen() {
    tree.close();
    tree = TreeOn.smallSegments(setup.config(directory));
  }

  /**
   * Copies the files as a killed process would leave them, opens the copy and closes the original.
   */
  void kill() {
    Path copy = ground.resolve("life-" + ++lives);
    try {
      Directories.copy(directory, copy);
      Tree survivor = TreeOn.smallSegments(setup.config(copy));
      Path left = directory;
      Tree abandoned = tree;
      tree = survivor;
      directory = copy;
      abandoned.close();
      Directories.delete(left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    tree.close();
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
