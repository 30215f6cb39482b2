/**
 * The engine's events for Java Flight Recorder, one class each; {@code docs/EVENTS.md} lists them.
 *
 * <p>Whoever has something to tell makes an event, and fills it in only where {@link
 * jdk.jfr.Event#shouldCommit} says so: without a recording the compiler takes the object away.
 * Events that may overlap in one thread lie in different categories, which Mission Control draws as
 * lanes of their own. Names and fields are stable: settings, rules and reports rely on them.
 */
@NullMarked
package io.drey.engine.event;

import org.jspecify.annotations.NullMarked;
