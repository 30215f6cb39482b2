/**
 * A disk that fails, and the campaign that makes it fail at every call.
 *
 * <p>{@link io.drey.crash.hostile.TappedVfs} shows every {@link io.drey.crash.hostile.CallKind} on
 * its way to a disk to a {@link io.drey.crash.hostile.Tap}. {@link
 * io.drey.crash.hostile.HostileDisk} is the tap that carries out {@link
 * io.drey.crash.hostile.Fault}s; {@link io.drey.crash.hostile.FaultCampaign} runs a subject's
 * workload once for each fault and judges what the subject says and what it keeps.
 */
@NullMarked
package io.drey.crash.hostile;

import org.jspecify.annotations.NullMarked;
