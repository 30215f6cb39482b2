/** The write-ahead journal. It knows records and segments, nothing of trees. */
@NullMarked
package io.drey.journal;

import org.jspecify.annotations.NullMarked;
