/** The file system as Drey sees it: every file effect of the store passes through here. */
@NullMarked
package io.drey.vfs;

import org.jspecify.annotations.NullMarked;
