/** The public API of Drey. */
@NullMarked
package io.drey;

import org.jspecify.annotations.NullMarked;
