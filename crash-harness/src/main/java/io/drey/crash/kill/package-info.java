/**
 * Child processes that are killed while they work.
 *
 * <p>{@link io.drey.crash.kill.KillCampaign} starts a JVM that recovers a store, tells what it
 * holds, and goes on changing it, telling of each acknowledgement; kills it, at a random time or at
 * a {@link io.drey.crash.kill.KillPoint}; and lets the next child recover what the last one left.
 * What a killed process handed to the operating system survives: these campaigns find data kept in
 * user space too long, never a missing force.
 */
@NullMarked
package io.drey.crash.kill;

import org.jspecify.annotations.NullMarked;
