/**
 * The adaptive radix tree over frames: walkers and what changes the tree.
 *
 * <p>Stands on {@code frame} and {@code layout}. Everything is a static function over the port
 * {@link io.drey.engine.frame.Frames}, iterative (a path may be thousands of nodes deep), and keeps
 * no state between two operations; the one exception is {@link io.drey.engine.art.Descent}, the
 * reusable path of one writer.
 *
 * <p>A walk that meets a blob that is not in memory says so and has changed nothing: the caller
 * leaves its latch, loads the blob and starts again.
 *
 * <p>Invariants, with the names that the checker uses:
 *
 * <ul>
 *   <li>INVARIANT T1: every (blob, entry) but the root is reached by exactly one edge.
 *   <li>INVARIANT T2: all entries of a blob hang under one node of one blob.
 *   <li>INVARIANT T3: an edge is the child of an inner node, never an entry's root.
 *   <li>INVARIANT T4: a node without a value has at least one child; with a single child that is no
 *       edge, or with a value and no child, it is legal and the next rebuild contracts it.
 *   <li>INVARIANT T5: a directory row equals what the entry holds in its own frame; its longest key
 *       is an upper bound.
 * </ul>
 */
@NullMarked
package io.drey.engine.art;

import org.jspecify.annotations.NullMarked;
