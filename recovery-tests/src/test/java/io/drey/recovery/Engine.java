package io.drey.recovery;

import io.drey.crash.Failure;
import io.drey.crash.Subject;
import io.drey.vfs.Vfs;
import java.nio.file.Path;

/** The engine as the harness reaches it, whichever class loader its classes are of. */
public interface Engine {
  /** The class behind this interface; it is loaded beside the engine's own. */
  String DRIVER = "io.drey.TreeEngine";

  /** Opens the store in {@code directory}; a shape in memory touches no file. */
  Subject.Store open(Vfs vfs, Path directory, StoreShape shape);

  /** What an exception of the engine says. */
  Failure classify(Throwable failure);
}
