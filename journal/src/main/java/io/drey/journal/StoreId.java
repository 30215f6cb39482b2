package io.drey.journal;

/** The 128-bit identity of a store; segments of another store are never read as one's own. */
public record StoreId(long high, long low) {}
