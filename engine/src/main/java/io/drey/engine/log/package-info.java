/**
 * What one change looks like in the journal, where its sequence number comes from and when it is
 * acknowledged.
 */
@NullMarked
package io.drey.engine.log;

import org.jspecify.annotations.NullMarked;
