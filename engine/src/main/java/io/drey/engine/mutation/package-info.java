/** Applies one mutation to the tree in memory; the same code serves callers, batches and replay. */
@NullMarked
package io.drey.engine.mutation;

import org.jspecify.annotations.NullMarked;
