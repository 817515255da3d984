package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.raft.GroupId;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.Message;
import dev.usher.raft.NodeId;
import java.util.Optional;

/** What nodes say to each other. */
sealed interface Frame {
  record Raft(GroupId group, Message message) implements Frame {}

  /**
   * A proposal on its way to the leader.
   *
   * @param id unique among the sender's, over its restarts too
   */
  record Proposed(GroupId group, long id, Bytes envelope) implements Frame {}

  record Answered(GroupId group, long id, Fate fate) implements Frame {}

  record StatusAsked(long id) implements Frame {}

  record StatusTold(long id, NodeStatus status) implements Frame {}

  record TransferAsked(long id, GroupId group, Optional<NodeId> target) implements Frame {}

  record TransferTold(long id, TransferResult result) implements Frame {}

  record MembershipAsked(long id, GroupId group, MembershipChange change) implements Frame {}

  record MembershipTold(long id, MembershipChange.Outcome outcome) implements Frame {}

  /** What is the digest of the group's state right after the entry at this index? */
  record DigestAsked(long id, GroupId group, long index) implements Frame {}

  record DigestTold(long id, Optional<Bytes> digest) implements Frame {}

  /** Drain, or serve again. */
  record DrainAsked(long id, boolean drain) implements Frame {}

  record DrainTold(long id) implements Frame {}
}
