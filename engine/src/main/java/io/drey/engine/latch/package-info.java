/** The latch of one blob: who may read its frame, who may change it, and how a reader finds out. */
@NullMarked
package io.drey.engine.latch;

import org.jspecify.annotations.NullMarked;
