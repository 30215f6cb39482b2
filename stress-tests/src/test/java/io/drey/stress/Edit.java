package io.drey.stress;

import java.nio.file.Path;

/**
 * One replacement in a source file.
 *
 * @param file below the project's root
 * @param text occurs in the file exactly once, so that an edit never outlives what it changes
 */
public record Edit(Path file, String text, String replacement) {}
