/**
 * Files as the rest of Drey sees them.
 *
 * <p>{@link io.drey.vfs.Vfs} names and opens, {@link io.drey.vfs.StorageFile} reads, writes and
 * forces, {@link io.drey.vfs.MappedRegion} is a part of a file addressed as memory, {@link
 * io.drey.vfs.FileLease} keeps other processes away. All four are plain interfaces: a harness that
 * records or damages what passes through implements them too, and nothing above this package can
 * tell. One contract test runs over every implementation.
 *
 * <p>Invariants of the package:
 *
 * <ul>
 *   <li>INVARIANT V1: {@link java.lang.Thread#interrupt} never fails a call, never harms another
 *       thread's use of the same file, and the interrupted thread keeps its flag.
 *   <li>INVARIANT V2: an error of an earlier write-back reaches the next {@code force} of the file,
 *       whatever was interrupted between.
 *   <li>INVARIANT V3: a process has at most one descriptor of a leased lock file.
 *   <li>INVARIANT V4: use after close is an exception, never a crash of the process.
 *   <li>INVARIANT V5: every {@link java.io.IOException} names its file.
 * </ul>
 */
@NullMarked
package io.drey.vfs;

import org.jspecify.annotations.NullMarked;
