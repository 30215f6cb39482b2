/**
 * Recorded runs of many threads over a tree, and the checker that has to explain them.
 *
 * <p>The parts, in the order in which they work:
 *
 * <ol>
 *   <li>A {@code Setting} says which tree, which keys and how many workers; {@code Choices} makes
 *       of a seed what each worker does; {@code Player} does it, and {@code Recorder} notes each
 *       call between two tickets.
 *   <li>A {@code Round} has all workers at once, platform threads or virtual ones, and beside them
 *       a keeper that asks for checkpoints, compactions and checks. Between rounds the tree is at
 *       {@code Rest}, where what it holds is known.
 *   <li>A {@code History} is a round as a list of events. {@code Witness} finds the versions of
 *       changes, {@code Search} an order of all operations that keeps to real time and to the
 *       versions and gives every result in the {@code Model}. When there is none, {@code Story}
 *       says where the best one ends.
 *   <li>A {@code Run} is round after round over one tree, which is closed and opened again, and
 *       compared with what a copy of its files replays to. {@code Child} is a run in a process of
 *       its own, {@code Watchdog} follows it from outside, {@code Campaign} runs many.
 * </ol>
 *
 * <p>What is asked: a point read, {@code longestPrefix}, {@code isPrefixEmpty}, {@code count} and a
 * snapshot are true at one moment of their call; so is a change with all its steps. Of {@code
 * getAll} each key has a moment of its own; of a live scan each entry and each gap has, unless it
 * must have been one section. Reading one's own writes follows, since a later call's moment is
 * later.
 */
package io.drey.history;
