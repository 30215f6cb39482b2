/**
 * The frame pool: which blobs are in memory, where their images lie on disk, and which image a
 * writer may change.
 *
 * <ul>
 *   <li>INVARIANT P1: a blob has at most one current image in memory; an image that is held (a
 *       checkpoint or a spill reads it) is never changed, a writer copies it first.
 *   <li>INVARIANT P2: a blob that is not in memory has a stored image, and its slot is not reused
 *       while the blob names it.
 *   <li>INVARIANT P3: a dirty image never leaves memory before it was written to a slot that no
 *       manifest names, or copied to a buffer that keeps it until a commit has taken it.
 *   <li>INVARIANT P4: no file is read or written, and nobody waits, while the gate is closed.
 *   <li>INVARIANT P5: where frames stand in the mapping of the data file, an image that was sealed
 *       is never changed again: a commit may name its slot, and its pages reach the disk at any
 *       time. A writer copies it first.
 *   <li>INVARIANT P6: what became of an image that was written is noted down before it is let go.
 *       Else a change that meets no hold goes on in an image that is then called clean, and is lost
 *       when the image leaves memory.
 *   <li>INVARIANT P7: a round captures an image, after its epoch has ended, while nobody has its
 *       blob's latch, or by who has it and has joined a later epoch. So what was reserved before
 *       the end has been applied, and what was reserved behind it has not.
 *   <li>INVARIANT P8: a change that has not joined its epoch changes only blobs that have changed
 *       in it before, and has taken their latches before the epoch ended.
 *   <li>INVARIANT B2, B3: the life of the frames in a user's store, see {@link
 *       io.drey.engine.pool.StorePlaces}.
 * </ul>
 */
@NullMarked
package io.drey.engine.pool;

import org.jspecify.annotations.NullMarked;
