/**
 * {@code usher bench}: bookings a second and their latency, in a closed loop or at a fixed rate
 * without coordinated omission. Knows the client and local clusters. Must never know a command
 * line, nor count an answer that it did not get.
 */
@NullMarked
package dev.usher.cli.bench;

import org.jspecify.annotations.NullMarked;
