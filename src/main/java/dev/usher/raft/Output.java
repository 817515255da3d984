package dev.usher.raft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything a {@link RaftCore} asks for, in the order in which it is to be done. */
public sealed interface Output {
  /**
   * Write this durably, in order of {@code sequence}, and answer {@link Input.Persisted}. First the
   * truncation, then the entries. Messages that depend on it are sent only after the answer.
   *
   * @param truncateFrom the first index to forget, when the log had a conflict
   */
  record Persist(
      long sequence, Optional<HardState> hardState, OptionalLong truncateFrom, List<Entry> entries)
      implements Output {
    public Persist {
      entries = List.copyOf(entries);
    }
  }

  record Send(NodeId to, Message message) implements Output {}

  /** These are committed: apply them in order. No index is given twice between two starts. */
  record Apply(List<Entry> entries) implements Output {
    public Apply {
      entries = List.copyOf(entries);
    }
  }

  /** The proposal has a place in the leader's log; its fate is bound to (term, index). */
  record ProposalAccepted(long proposalId, long term, long index) implements Output {}

  /** The proposal is not in any log and never will be. */
  record ProposalRejected(long proposalId, RejectReason reason) implements Output {}

  enum RejectReason {
    NOT_LEADER,
    /** Too many proposals, or bytes, in flight. */
    OVERLOADED,
    /** A leadership transfer is under way. */
    TRANSFERRING
  }

  /** Serve the read when {@code index} has been applied here. */
  record ReadReady(long readId, long index) implements Output {}

  /** No read index to be had: no leader, or leadership was lost. Ask again. */
  record ReadRejected(long readId) implements Output {}

  /** Role, term or known leader changed. */
  record StateChanged(Role role, long term, Optional<NodeId> leader) implements Output {}

  /** The target did not take over within an election timeout; this node leads on (thesis §3.10). */
  record TransferAborted() implements Output {}
}
