package dev.usher.raft;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything a {@link RaftCore} asks for, in the order in which it is to be done. */
public sealed interface Output {
  /**
   * Write this durably, in order of {@code sequence}, and answer {@link Input.Persisted}. First the
   * hard state, then the truncation, the compaction, the entries: a crash may leave any prefix of
   * that. Messages that depend on it are sent only after the answer.
   *
   * @param truncateFrom the first index to forget, when the log had a conflict
   * @param compaction the group has a new snapshot
   */
  record Persist(
      long sequence,
      Optional<HardState> hardState,
      OptionalLong truncateFrom,
      Optional<Compaction> compaction,
      List<Entry> entries)
      implements Output {
    public Persist {
      entries = List.copyOf(entries);
    }

    /** Without a compaction. */
    public Persist(
        long sequence,
        Optional<HardState> hardState,
        OptionalLong truncateFrom,
        List<Entry> entries) {
      this(sequence, hardState, truncateFrom, Optional.empty(), entries);
    }
  }

  /**
   * From here on a restart begins with this snapshot, whose file is whole and durable already. Once
   * this is durable the file of the snapshot before may go, and so may every entry up to {@code
   * snapshot.lastIndex()}. A log that ends before that index goes on right after it.
   */
  record Compaction(SnapshotMeta snapshot) {}

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

  /** The members in effect on this node changed, committed or not: connect to whoever is new. */
  record ConfigurationChanged(Configuration configuration) implements Output {}

  record MembershipAnswered(long changeId, MembershipChange.Outcome outcome) implements Output {}

  /**
   * Write the state as it is after everything that was given to apply so far, while applying goes
   * on, and answer {@link Input.SnapshotTaken} with these values or {@link Input.SnapshotFailed}.
   */
  record StartSnapshot(long lastIndex, long lastTerm, long lastTimeMs, Configuration configuration)
      implements Output {}

  /** A snapshot that was taken came too late to be of use: delete its file. */
  record DiscardSnapshot(SnapshotMeta snapshot) implements Output {}

  /** Read a piece of the group's snapshot for a follower; answer {@link Input.ChunkRead}. */
  record ReadChunk(NodeId to, SnapshotMeta snapshot, long offset, int maxBytes) implements Output {}

  /**
   * Write a piece of a snapshot that is being received; answer {@link Input.ChunkWritten}. Offset 0
   * begins a new file, whatever was there before.
   */
  record WriteChunk(SnapshotMeta snapshot, long offset, Bytes data) implements Output {}

  /**
   * All pieces are written: check length and checksum of the whole, force it, and put the state
   * machine in its place behind everything that was given to apply before; answer {@link
   * Input.SnapshotInstalled} or {@link Input.InstallFailed}. Nothing is given to apply meanwhile,
   * and the next entry that is follows the snapshot. The snapshot before stays the one that a
   * restart begins with until the {@link Compaction} is durable.
   */
  record InstallSnapshot(SnapshotMeta snapshot) implements Output {}

  /** What was damaged has come back from the others: the mark on disk may go. */
  record LogHealed() implements Output {}
}
