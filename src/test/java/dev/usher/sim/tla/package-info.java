/**
 * Holds the engine against its specification in TLA+ (src/test/tla): TLC checks the specification
 * within bounds, and says of what simulated engines did whether the specification allows it. Knows
 * the simulator's {@link dev.usher.sim.Observer} and the engine's values. Must never know the
 * inside of the engine: what a trace claims beyond inputs, outputs and status is a claim that TLC
 * checks.
 */
@NullMarked
package dev.usher.sim.tla;

import org.jspecify.annotations.NullMarked;
