/**
 * The bytes of a frame: one final class per structure, each with a byte ruler, a {@link
 * java.lang.foreign.MemoryLayout} from which every offset is derived, and static accessors.
 *
 * <p>The lowest step of the engine. Everything is little-endian. Accessors take a segment and the
 * absolute offset of a structure in it; they check nothing but the segment's own bounds, so that
 * they may be used on bytes that another thread is changing: whatever they return is plausible only
 * after the caller has validated its latch. References are 16 bits wide and count units of 8 bytes
 * from the frame's start, so that no value of a reference leaves the frame.
 */
@NullMarked
package io.drey.engine.layout;

import org.jspecify.annotations.NullMarked;
