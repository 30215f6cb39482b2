/**
 * Checkpoints: a moment of the tree written down, after which the journal before it is not needed.
 *
 * <p>INVARIANT C1: the disk always holds exactly the state of some moment S, named by the newest
 * manifest commit, and every journal record after S. INVARIANT C2: a slot that a durable or
 * attempted manifest names is never written. INVARIANT C3: a round that fails changes nothing that
 * a later round or a recovery relies on. INVARIANT C4: where rounds run in the background, the
 * journal's files stay within a limit, see {@link io.drey.engine.checkpoint.Backpressure}.
 * INVARIANT C5: no moment is captured after a final failure of the store.
 */
@NullMarked
package io.drey.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
