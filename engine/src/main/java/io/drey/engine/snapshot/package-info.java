/** The tree as it was at one moment, for those who read it while it goes on. */
@NullMarked
package io.drey.engine.snapshot;

import org.jspecify.annotations.NullMarked;
