/** Situations that a recording is to explain, each made by a real store and a real workload. */
package io.drey.profile.golden;
