package dev.usher.replica;

import dev.usher.raft.Configuration;
import dev.usher.raft.ConfigurationText;
import dev.usher.raft.GroupId;
import dev.usher.raft.Message;
import dev.usher.raft.RaftConfig;
import dev.usher.raft.SnapshotMeta;
import dev.usher.replica.proto.peer.SnapshotAnswer;
import dev.usher.replica.proto.peer.SnapshotChunk;
import dev.usher.replica.proto.peer.SnapshotFacts;

/** Pieces of snapshots, and the answers to them, as protobuf and back. */
final class SnapshotCodec {
  private SnapshotCodec() {}

  static SnapshotChunk encode(Message.SnapshotChunk chunk) {
    SnapshotMeta snapshot = chunk.snapshot();
    return SnapshotChunk.newBuilder()
        .setSnapshot(
            SnapshotFacts.newBuilder()
                .setLastIndex(snapshot.lastIndex())
                .setLastTerm(snapshot.lastTerm())
                .setLastTimeMillis(snapshot.lastTimeMs())
                .setConfiguration(
                    EnvelopeCodec.view(ConfigurationText.encode(snapshot.configuration())))
                .setBytes(snapshot.bytes())
                .setChecksum(snapshot.checksum()))
        .setOffset(chunk.offset())
        .setData(EnvelopeCodec.view(chunk.data()))
        .setChecksum(chunk.checksum())
        .build();
  }

  static Message decode(GroupId group, long term, SnapshotChunk wire)
      throws MalformedFrameException {
    if (wire.getData().size() > RaftConfig.Snapshots.CHUNK_BYTES_MAX) {
      throw new MalformedFrameException("snapshot chunk of " + wire.getData().size() + " bytes");
    }
    SnapshotMeta snapshot = snapshot(group, wire.getSnapshot());
    long offset = RaftMessageCodec.notNegative("offset", wire.getOffset());
    if (offset > snapshot.bytes() - wire.getData().size()) {
      throw new MalformedFrameException("snapshot chunk beyond its end: offset=" + offset);
    }
    return new Message.SnapshotChunk(
        term, snapshot, offset, EnvelopeCodec.bytes(wire.getData()), wire.getChecksum());
  }

  private static SnapshotMeta snapshot(GroupId group, SnapshotFacts wire)
      throws MalformedFrameException {
    try {
      Configuration configuration =
          ConfigurationText.decode(EnvelopeCodec.bytes(wire.getConfiguration()));
      return new SnapshotMeta(
          group,
          RaftMessageCodec.notNegative("last_index", wire.getLastIndex()),
          RaftMessageCodec.notNegative("last_term", wire.getLastTerm()),
          wire.getLastTimeMillis(),
          configuration,
          RaftMessageCodec.notNegative("bytes", wire.getBytes()),
          wire.getChecksum());
    } catch (IllegalArgumentException e) {
      throw new MalformedFrameException("not a snapshot");
    }
  }

  static SnapshotAnswer encode(Message.SnapshotAnswer answer) {
    return SnapshotAnswer.newBuilder()
        .setSnapshotIndex(answer.snapshotIndex())
        .setNextOffset(answer.nextOffset())
        .build();
  }

  static Message decode(long term, SnapshotAnswer wire) throws MalformedFrameException {
    return new Message.SnapshotAnswer(
        term,
        RaftMessageCodec.notNegative("snapshot_index", wire.getSnapshotIndex()),
        RaftMessageCodec.notNegative("next_offset", wire.getNextOffset()));
  }
}
