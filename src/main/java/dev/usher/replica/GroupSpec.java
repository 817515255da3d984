package dev.usher.replica;

import dev.usher.raft.GroupId;
import java.util.function.Supplier;

/**
 * A group and what it replicates.
 *
 * @param machine makes the state machine of this node, empty; called once at each start
 * @param <V> the state machine's view
 */
public record GroupSpec<V>(GroupId id, Supplier<StateMachine<V>> machine) {}
