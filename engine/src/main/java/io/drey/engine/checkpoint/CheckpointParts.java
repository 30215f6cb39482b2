package io.drey.engine.checkpoint;

import io.drey.engine.log.Health;
import io.drey.engine.pool.Captures;
import io.drey.engine.pool.FramePool;
import io.drey.engine.pool.Gate;
import io.drey.engine.pool.ImageFile;
import io.drey.engine.pool.Residency;
import io.drey.engine.store.ManifestLog;
import io.drey.journal.Journal;

/**
 * What a round works on.
 *
 * @param manifest committed to by rounds alone, one at a time
 */
public record CheckpointParts(
    Gate gate,
    FramePool pool,
    Residency residency,
    Captures captures,
    ImageFile images,
    ManifestLog manifest,
    Journal journal,
    Health health) {}
