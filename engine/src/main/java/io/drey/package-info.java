/**
 * The public face of Drey: an embedded, crash-safe metadata engine for path-shaped keys.
 *
 * <p>Keys and values are {@code byte[]} at this border. Drey never keeps and never changes an array
 * that it was given, and never keeps one that it handed out. Keys order as unsigned bytes; any byte
 * string is a legal key, the empty one, zero bytes and prefixes of other keys included. Records
 * that hold arrays are equal by content.
 *
 * <p>Failures are the sealed {@link io.drey.DreyException} with typed fields. Expected outcomes are
 * return values: {@code null} for an absent record, {@code false} for a guard that did not hold.
 * Null arguments are refused with {@code NullPointerException} and bad ones with {@code
 * IllegalArgumentException}, both before anything changes.
 *
 * <p>The package has two steps of the engine's ladder in it. Values, errors, enums and the
 * interfaces that users implement are the lowest step and know nothing of the engine; the classes
 * that do work are the highest one and sit on top of {@code io.drey.engine}.
 */
@NullMarked
package io.drey;

import org.jspecify.annotations.NullMarked;
