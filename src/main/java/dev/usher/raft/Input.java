package dev.usher.raft;

import java.util.List;
import java.util.Optional;

/** Everything that can happen to a {@link RaftCore}. */
public sealed interface Input {
  /** Time passed; sent often enough for the shortest timeout (a tenth of a heartbeat or so). */
  record Tick() implements Input {}

  /**
   * A message.
   *
   * @param directory the sender's, as it said when it connected
   */
  record Received(NodeId from, DirectoryId directory, Message message) implements Input {
    /** From one whose directory is not known. */
    public Received(NodeId from, Message message) {
      this(from, DirectoryId.UNKNOWN, message);
    }
  }

  /**
   * A client's command, answered by {@link Output.ProposalAccepted} or {@link
   * Output.ProposalRejected} with the same id.
   */
  record Propose(long proposalId, Bytes payload) implements Input {}

  /** Commands that came together share one write and one request to each follower. */
  record ProposeAll(List<Propose> proposals) implements Input {
    public ProposeAll {
      proposals = List.copyOf(proposals);
    }
  }

  /**
   * A linearizable read (§8), answered by {@link Output.ReadReady} or {@link Output.ReadRejected}
   * with the same id, on any node.
   */
  record Read(long readId) implements Input {}

  /** Every {@link Output.Persist} up to and including this sequence number is durable. */
  record Persisted(long sequence) implements Input {}

  /** A write or a force failed: nothing will be durable here any more. */
  record DiskFailed() implements Input {}

  /** Hand leadership to the target, or to the most up-to-date follower. Ignored unless leader. */
  record TransferLeadership(Optional<NodeId> target) implements Input {}

  /** Answered once by {@link Output.MembershipAnswered} with the same id. */
  record ChangeMembership(long changeId, MembershipChange change) implements Input {}

  /**
   * Take a snapshot now, whatever the log's size. Answered by {@link Output.StartSnapshot}, or not
   * at all when one is being taken or installed, or nothing was applied since the last.
   */
  record TakeSnapshot() implements Input {}

  /** What {@link Output.StartSnapshot} asked for is on disk, whole and forced. */
  record SnapshotTaken(SnapshotMeta snapshot) implements Input {}

  /** What {@link Output.StartSnapshot} asked for could not be had; it will be asked for again. */
  record SnapshotFailed() implements Input {}

  /** What {@link Output.ReadChunk} asked for; at least one byte, unless the file has none. */
  record ChunkRead(NodeId to, SnapshotMeta snapshot, long offset, Bytes data) implements Input {}

  /** What {@link Output.ReadChunk} asked for cannot be read; the transfer begins anew later. */
  record ChunkUnreadable(NodeId to, SnapshotMeta snapshot) implements Input {}

  /** What {@link Output.WriteChunk} brought is written (it need not be forced yet). */
  record ChunkWritten(SnapshotMeta snapshot, long nextOffset) implements Input {}

  /**
   * What {@link Output.InstallSnapshot} asked for is done: the file is whole, forced and kept
   * beside the old one, and the state machine is the snapshot's.
   */
  record SnapshotInstalled(SnapshotMeta snapshot) implements Input {}

  /**
   * A piece could not be written, or the file is not what its checksum says; the state is as before
   * and the leader begins anew.
   */
  record InstallFailed(SnapshotMeta snapshot) implements Input {}
}
