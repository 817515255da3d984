/**
 * Measures the consensus engine alone, beside the floor that the machine's disk and loopback set.
 * Knows {@code cli.local}, {@code cli.client} and {@code cli.term}. Must never know the engine
 * itself: it measures through sockets.
 */
@NullMarked
package dev.usher.cli.bench.engine;

import org.jspecify.annotations.NullMarked;
