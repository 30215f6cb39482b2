/** What a recording of a store tells: settings for recordings, verdicts, reports. */
@NullMarked
package io.drey.profile;

import org.jspecify.annotations.NullMarked;
