/**
 * Raft as actors: {@code RaftActor} interprets the core, {@code LogWriter} owns the disk, {@code
 * PeerLink} the wire, {@code PeerLoop} the thread of wire and engines, {@code Replica} is how the
 * rest of the house proposes and reads; members that come, drain and go. Knows {@code raft} and
 * {@code raft.log}. Must never know what a command means: that is a {@code StateMachine}'s
 * business.
 */
@NullMarked
package dev.usher.replica;

import org.jspecify.annotations.NullMarked;
