package dev.usher.raft;

import java.util.Optional;

/** Everything that can happen to a {@link RaftCore}. */
public sealed interface Input {
  /** Time passed; sent often enough for the shortest timeout (a tenth of a heartbeat or so). */
  record Tick() implements Input {}

  record Received(NodeId from, Message message) implements Input {}

  /**
   * A client's command, answered by {@link Output.ProposalAccepted} or {@link
   * Output.ProposalRejected} with the same id.
   */
  record Propose(long proposalId, Bytes payload) implements Input {}

  /**
   * A linearizable read (§8), answered by {@link Output.ReadReady} or {@link Output.ReadRejected}
   * with the same id, on any node.
   */
  record Read(long readId) implements Input {}

  /** Every {@link Output.Persist} up to and including this sequence number is durable. */
  record Persisted(long sequence) implements Input {}

  /** Hand leadership to the target, or to the most up-to-date follower. Ignored unless leader. */
  record TransferLeadership(Optional<NodeId> target) implements Input {}
}
