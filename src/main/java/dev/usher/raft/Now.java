package dev.usher.raft;

/**
 * A reading of the two clocks, taken outside.
 *
 * @param monotonicMs for timeouts; milliseconds since some fixed point, never going back
 * @param wallMs for stamping entries; milliseconds since 1970, may jump
 */
public record Now(long monotonicMs, long wallMs) {}
