/** What holds for the source of every module, whatever it does. */
@NullMarked
package io.drey.rules;

import org.jspecify.annotations.NullMarked;
