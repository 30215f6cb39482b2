/** The {@code crash-harness} command: the campaigns for a subject that is on the class path. */
@NullMarked
package io.drey.crash.command;

import org.jspecify.annotations.NullMarked;
