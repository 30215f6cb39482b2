/**
 * What a store keeps on disk besides the journal: the slots of the data file, who owns each, and
 * the manifest that says which image of which blob is the durable one; and the root that says so in
 * a user's store.
 *
 * <p>Invariants, by the names the tests use:
 *
 * <ul>
 *   <li>M1: the manifest's state changes at one instant only, the force of an appended commit.
 *   <li>M2: a manifest file appears under its name only with its snapshot complete and forced.
 *   <li>M3: nothing is appended behind bytes that are not part of a durable commit.
 *   <li>S1: every slot is in exactly one state.
 *   <li>S2: a slot that a durable or attempted commit names is handed out to nobody.
 *   <li>B1: the root of a user's store accounts for every frame in it.
 * </ul>
 *
 * <p>The package knows the file layer, the journal's identifiers, frames' directory rows and the
 * values and errors of {@code io.drey}; it knows nothing of pools, checkpoints or recovery.
 */
@NullMarked
package io.drey.engine.store;

import org.jspecify.annotations.NullMarked;
