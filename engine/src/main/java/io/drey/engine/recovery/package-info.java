/**
 * Opening a store: from the newest manifest and the journal behind it to the tree in memory.
 *
 * <p>INVARIANT R1: nothing is written before everything that will be read was validated. INVARIANT
 * R2: recovery never appends to a segment of an earlier life; the manifest's log end cuts it.
 * INVARIANT R3: opening again, or after a crash at any moment of an opening, gives the same tree.
 */
@NullMarked
package io.drey.engine.recovery;

import org.jspecify.annotations.NullMarked;
