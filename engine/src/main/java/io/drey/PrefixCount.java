package io.drey;

/**
 * How much lies below a prefix.
 *
 * @param records how many records
 * @param bytes their keys and values together, whole keys counted
 */
public record PrefixCount(long records, long bytes) {}
