package dev.usher.raft;

/**
 * How far a node has given the log to its state machine.
 *
 * @param index of the last entry that was given, 0 before the first
 * @param term of that entry
 * @param configuration the latest one up to that entry
 */
public record StatePoint(long index, long term, Configuration configuration) {}
