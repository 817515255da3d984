package dev.usher.raft;

import org.jspecify.annotations.Nullable;

/**
 * The leader's side of a snapshot transfer (§7) to one follower: read a piece, send it, wait for
 * the answer. A piece without an answer is sent again after the longest election timeout; a
 * follower that lost its place says so, and one that has installed it says that with
 * AppendSucceeded.
 */
final class SnapshotSender {
  private final Member member;
  private final NodeId to;
  private SnapshotMeta snapshot;
  private long offset;
  private boolean reading;
  private long lastActionMs;

  /** Begins with the first piece. */
  SnapshotSender(Member member, NodeId to) {
    this.member = member;
    this.to = to;
    snapshot = currentSnapshot(member);
    read(0);
  }

  SnapshotMeta snapshot() {
    return snapshot;
  }

  void chunkRead(Input.ChunkRead chunk) {
    if (reading && chunk.snapshot().equals(snapshot) && chunk.offset() == offset) {
      reading = false;
      lastActionMs = member.nowMs();
      member.send(
          to,
          new Message.SnapshotChunk(
              member.term(),
              snapshot,
              offset,
              chunk.data(),
              SnapshotReceiver.checksum(chunk.data())));
    }
  }

  /** The file is gone when a newer one has taken its place; otherwise it is tried again later. */
  void unreadable(SnapshotMeta which) {
    SnapshotMeta latest = member.compactor.current();
    if (which.equals(snapshot) && latest != null && !latest.equals(snapshot)) {
      restart(latest);
    }
  }

  /**
   * The follower wants to go on at {@code nextOffset}. An answer that wants what is under way is
   * one too many: obeying it would double every piece from then on.
   */
  void answered(long snapshotIndex, long nextOffset) {
    boolean known = snapshotIndex == snapshot.lastIndex() && nextOffset <= snapshot.bytes();
    if (!known || reading || nextOffset == offset) {
      return;
    }
    if (nextOffset == snapshot.bytes()) {
      offset = nextOffset;
      lastActionMs = member.nowMs();
    } else {
      read(nextOffset);
    }
  }

  void tick() {
    if (member.nowMs() - lastActionMs < member.config.electionTimeoutMaxMs()) {
      return;
    }
    SnapshotMeta latest = member.compactor.current();
    if (offset == snapshot.bytes() && latest != null && !latest.equals(snapshot)) {
      restart(latest);
    } else {
      read(offset == snapshot.bytes() ? 0 : offset);
    }
  }

  private void restart(SnapshotMeta latest) {
    snapshot = latest;
    read(0);
  }

  private void read(long from) {
    offset = from;
    reading = true;
    lastActionMs = member.nowMs();
    member.emit(new Output.ReadChunk(to, snapshot, offset, member.config.snapshots().chunkBytes()));
  }

  private static SnapshotMeta currentSnapshot(Member member) {
    @Nullable SnapshotMeta current = member.compactor.current();
    if (current == null) {
      throw new InvariantViolation(
          "broken invariant: a log begins at 1 or with a snapshot: " + member.log.baseIndex());
    }
    return current;
  }
}
