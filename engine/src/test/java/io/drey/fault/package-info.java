/**
 * Bad input and bad surroundings: damaged files, full disks, wrong directories, wrong arguments,
 * interrupted threads, closed trees. The promise is the same everywhere: a typed error that says
 * what, where and what to do; nothing changed, nothing lost; and everything works again when the
 * cause is gone.
 */
@NullMarked
package io.drey.fault;

import org.jspecify.annotations.NullMarked;
