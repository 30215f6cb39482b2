/**
 * What a user of the harness writes against, and the oracle.
 *
 * <p>A {@link io.drey.crash.Subject} is the store under test. The harness runs {@link
 * io.drey.crash.Operation operations} on it and notes in a {@link io.drey.crash.History} which were
 * started and which were acknowledged, with what {@link io.drey.crash.Promise}. After each crash it
 * opens the subject again, compares what it holds with the states the history allows, and gives a
 * {@link io.drey.crash.Verdict}.
 *
 * <p>The ladder: this package, then {@code disk} (the simulated disk and its crash states), {@code
 * hostile} (a disk that fails), {@code kill} (child processes), {@code example}, {@code command}.
 */
@NullMarked
package io.drey.crash;

import org.jspecify.annotations.NullMarked;
