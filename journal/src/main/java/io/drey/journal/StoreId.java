package io.drey.journal;

/**
 * The identity of one store, drawn at its creation. Files of another store never pass for this
 * one's.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record StoreId(long high, long low) {}
