/** The tests that every implementation of the file contract passes, in whatever module it is. */
package io.drey.vfs.contract;
