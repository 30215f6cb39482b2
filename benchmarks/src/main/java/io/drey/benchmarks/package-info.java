/** Measurements of the engine. */
@NullMarked
package io.drey.benchmarks;

import org.jspecify.annotations.NullMarked;
