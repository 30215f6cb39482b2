/**
 * The {@code drey} command: one class a command, over the public API of the engine alone.
 *
 * <p>Keys and file names are bytes from the command line to the store and back; see {@link
 * io.drey.cli.ByteText}. Commands write to {@link io.drey.cli.Output} and answer an {@link
 * io.drey.cli.ExitCode}; failures are thrown and worded once, in {@link io.drey.cli.FailureReport}.
 */
@NullMarked
package io.drey.cli;

import org.jspecify.annotations.NullMarked;
