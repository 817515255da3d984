/**
 * The Raft algorithm, pure: {@code RaftCore.step(now, input)} gives outputs, and nothing else
 * happens. Knows the JDK only. Must never know actors, threads, files, sockets, a clock or a random
 * source of its own: whatever it needs comes in as a value, so that the same inputs give the same
 * outputs, byte for byte.
 */
@NullMarked
package dev.usher.raft;

import org.jspecify.annotations.NullMarked;
