/** What the tests of several packages share. */
@NullMarked
package io.drey.testing;

import org.jspecify.annotations.NullMarked;
