package dev.usher.raft;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A follower's side of a snapshot transfer (§7), under one leader: pieces in order, one at a time,
 * each written before the next is asked for. Whatever is lost, repeated or late, the answer says
 * where to go on.
 */
final class SnapshotReceiver {
  private final Member member;
  private final FollowerLog log;
  private @Nullable SnapshotMeta receiving;
  private long written;
  private long writingTo = -1;

  SnapshotReceiver(Member member, FollowerLog log) {
    this.member = member;
    this.log = log;
  }

  void chunk(NodeId leader, Message.SnapshotChunk chunk) {
    SnapshotMeta snapshot = chunk.snapshot();
    if (snapshot.lastIndex() <= member.appliedIndex()) {
      log.committedUpTo(leader, snapshot.lastIndex());
      return;
    }
    if (member.compactor.isInstalling() || !isWhole(chunk)) {
      return;
    }
    if (!snapshot.equals(receiving)) {
      receiving = snapshot;
      written = 0;
      writingTo = -1;
    }
    if (writingTo >= 0) {
      return;
    }
    if (chunk.offset() != written) {
      answer(leader);
      return;
    }
    writingTo = chunk.offset() + chunk.data().size();
    member.emit(new Output.WriteChunk(snapshot, chunk.offset(), chunk.data()));
  }

  void written(NodeId leader, Input.ChunkWritten done) {
    if (!done.snapshot().equals(receiving) || done.nextOffset() != writingTo) {
      return;
    }
    written = writingTo;
    writingTo = -1;
    SnapshotMeta snapshot = done.snapshot();
    answer(leader);
    if (written == snapshot.bytes()) {
      receiving = null;
      if (!member.compactor.install(snapshot)) {
        log.committedUpTo(leader, Math.min(snapshot.lastIndex(), member.appliedIndex()));
      }
    }
  }

  /** A piece could not be written, or the whole not be installed: the next one begins anew. */
  void failed(SnapshotMeta snapshot) {
    if (snapshot.equals(receiving)) {
      receiving = null;
      writingTo = -1;
    }
  }

  private void answer(NodeId leader) {
    SnapshotMeta snapshot = receiving;
    if (snapshot != null) {
      member.send(leader, new Message.SnapshotAnswer(member.term(), snapshot.lastIndex(), written));
    }
  }

  static int checksum(Bytes data) {
    CRC32C crc = new CRC32C();
    crc.update(data.unsafeArray());
    return (int) crc.getValue();
  }

  /** Undamaged, within its file, and not empty unless the file is. */
  private static boolean isWhole(Message.SnapshotChunk chunk) {
    int size = chunk.data().size();
    long bytes = chunk.snapshot().bytes();
    return chunk.offset() >= 0
        && size <= bytes - chunk.offset()
        && (size > 0 || bytes == 0)
        && checksum(chunk.data()) == chunk.checksum();
  }
}
