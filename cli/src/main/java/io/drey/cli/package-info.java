/** The {@code drey} command. */
@NullMarked
package io.drey.cli;

import org.jspecify.annotations.NullMarked;
