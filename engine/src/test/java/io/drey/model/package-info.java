/**
 * The tree against a model: every operation of the public API runs on a {@link io.drey.Tree} and on
 * a {@link java.util.TreeMap}, and both must tell the same story.
 *
 * <p>{@code Operation} is one call, made of small numbers alone, so that a list of them can be
 * printed, cut and run again. {@code Operations} draws such lists from a seed, {@code Walk} runs
 * them, {@code Reproduction} shortens a failing one.
 */
@NullMarked
package io.drey.model;

import org.jspecify.annotations.NullMarked;
