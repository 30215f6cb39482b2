/**
 * What a recording says is wrong with a store, and what to change: rules for JDK Mission Control
 * and its headless engine, one class each.
 *
 * <p>These classes are compiled for Java 21, which Mission Control runs on, and use nothing of
 * Drey: they know its events by their names.
 */
@NullMarked
package io.drey.profile.rules;

import org.jspecify.annotations.NullMarked;
