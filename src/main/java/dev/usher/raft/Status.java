package dev.usher.raft;

import java.util.Optional;

/** A node's view of one group, for people and dashboards. */
public record Status(
    Role role, long term, Optional<NodeId> leader, long lastIndex, long commitIndex) {}
