/**
 * A disk that exists in memory, every state a crash may leave on it, and the campaign that opens a
 * store on each of them.
 *
 * <p>The ladder: images ({@link io.drey.crash.disk.FileImage}, {@link
 * io.drey.crash.disk.DiskImage}) are what a disk holds. {@link io.drey.crash.disk.SimulatedDisk}
 * serves a store and notes each {@link io.drey.crash.disk.Effect} in a {@link
 * io.drey.crash.disk.Trace}. At every position of it, a {@link io.drey.crash.disk.DiskState} says
 * what is durable and what is pending; {@link io.drey.crash.disk.CrashStates} gives each pending
 * effect a {@link io.drey.crash.disk.Fate}. {@link io.drey.crash.disk.PowerLossCampaign} goes
 * through all of it.
 *
 * <p>What the simulated disk assumes, and no more:
 *
 * <ul>
 *   <li>INVARIANT D1: a force of a file makes every write and truncation issued before it durable,
 *       with the size; a force of a region those in its 4 KiB pages; neither a name.
 *   <li>INVARIANT D2: a force of a directory makes every creation, renaming and deletion of a name
 *       in it durable, and nothing in other directories. A renaming into another directory leaves
 *       the old name until the old directory is forced too.
 *   <li>INVARIANT D3: until then each effect may or may not have happened, whatever happened to
 *       others; a write also in part, by sectors of 512 bytes or pages of 4 KiB, with noise where
 *       the rest should be, and apart from the size it gives its file.
 *   <li>INVARIANT D4: a renaming happens as a whole: the new name never stands for nothing.
 *   <li>INVARIANT D5: what a write does not cover it does not harm.
 *   <li>INVARIANT D6: a kill of the process loses nothing that was issued.
 * </ul>
 */
@NullMarked
package io.drey.crash.disk;

import org.jspecify.annotations.NullMarked;
