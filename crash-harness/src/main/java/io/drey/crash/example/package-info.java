/**
 * A small store to try the harness on, and how it is plugged in.
 *
 * <p>{@link io.drey.crash.example.LogStore} knows nothing of the harness; {@link
 * io.drey.crash.example.LogSubject} is all that a user writes. Planted {@link
 * io.drey.crash.example.LogStore.Mistake}s that no ordinary test sees show what the campaigns find.
 */
@NullMarked
package io.drey.crash.example;

import org.jspecify.annotations.NullMarked;
