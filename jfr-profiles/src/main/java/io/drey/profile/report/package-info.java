/**
 * What a person is told of a recording: verdicts, tables, lines and a page.
 *
 * <p>All of it is read from a file ({@link io.drey.profile.report.RecordingSource}); what a process
 * that was killed has left in its repository is made into one first. Events are known by their
 * names and fields, as {@code docs/EVENTS.md} has them, never by their classes: a recording may be
 * of another version.
 */
@NullMarked
package io.drey.profile.report;

import org.jspecify.annotations.NullMarked;
