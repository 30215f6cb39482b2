/**
 * Frames as places in memory, the port through which walkers reach them, and everything that
 * concerns one frame alone: allocation, node surgery, rebuilding, sealing, checking.
 *
 * <p>Stands on {@code layout}; knows nothing of trees that span frames.
 *
 * <p>A node is named by its byte offset in its frame (an int, multiple of 8) in everything that
 * changes frames, so that the name survives a copy of the frame; accessors of {@code layout} take
 * the absolute offset {@code frame.base + node}.
 */
@NullMarked
package io.drey.engine.frame;

import org.jspecify.annotations.NullMarked;
