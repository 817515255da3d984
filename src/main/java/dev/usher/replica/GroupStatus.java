package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.GroupId;
import dev.usher.raft.NodeId;
import dev.usher.raft.Role;
import java.util.Optional;

/**
 * One node's view of one group.
 *
 * @param leader whom this node takes for the leader
 * @param appliedIndex up to which the state machine of this node has come
 * @param configuration the members in effect on this node, committed or not
 */
public record GroupStatus(
    GroupId group,
    Role role,
    long term,
    Optional<NodeId> leader,
    long lastIndex,
    long commitIndex,
    long appliedIndex,
    Configuration configuration) {}
