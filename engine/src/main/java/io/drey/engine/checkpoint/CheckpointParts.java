package io.drey.engine.checkpoint;

import io.drey.engine.log.Health;
import io.drey.engine.pool.Captures;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.ImageStore;
import io.drey.engine.pool.Residency;

/**
 * What a round works on.
 *
 * @param images committed to by rounds alone, one at a time
 * @param log what changes are logged to
 */
public record CheckpointParts(
    Gate gate,
    FramePool pool,
    Residency residency,
    Captures captures,
    ImageStore images,
    RoundLog log,
    Health health) {}
