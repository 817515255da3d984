package dev.usher.backup;

import com.google.protobuf.Timestamp;
import com.google.protobuf.UnsafeByteOperations;
import dev.usher.api.cluster.v1.ExportSnapshotResponse;
import dev.usher.api.cluster.v1.SnapshotChunk;
import dev.usher.api.cluster.v1.SnapshotEnd;
import dev.usher.api.cluster.v1.SnapshotHeader;
import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.replica.GroupState;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32C;

/** A group's state as the messages of ExportSnapshot, made as they are taken. */
public final class SnapshotParts implements Iterator<ExportSnapshotResponse> {
  private static final int CHUNK_BYTES = 256 << 10;

  private enum Next {
    HEADER,
    CONTENT,
    NOTHING
  }

  private final String cluster;
  private final GroupState state;
  private final Iterator<Bytes> content;
  private final CRC32C whole = new CRC32C();
  private long offset;
  private Next next = Next.HEADER;

  /**
   * The parts of a state.
   *
   * @param cluster the cluster's name
   */
  public SnapshotParts(String cluster, GroupState state) {
    this.cluster = cluster;
    this.state = state;
    this.content = state.content(CHUNK_BYTES);
  }

  @Override
  public boolean hasNext() {
    return next != Next.NOTHING;
  }

  @Override
  public ExportSnapshotResponse next() {
    var part = ExportSnapshotResponse.newBuilder();
    switch (next) {
      case HEADER -> {
        next = Next.CONTENT;
        part.setHeader(header());
      }
      case CONTENT -> {
        if (content.hasNext()) {
          part.setChunk(chunk(content.next()));
        } else {
          next = Next.NOTHING;
          part.setEnd(
              SnapshotEnd.newBuilder().setBytes(offset).setChecksum((int) whole.getValue()));
        }
      }
      case NOTHING -> throw new NoSuchElementException();
    }
    return part.build();
  }

  private SnapshotHeader header() {
    var header =
        SnapshotHeader.newBuilder()
            .setFormatVersion(BackupFormat.MESSAGES_VERSION)
            .setCluster(cluster)
            .setGroup("groups/" + state.group())
            .setIndex(state.point().index())
            .setTerm(state.point().term())
            .setLogTime(
                Timestamp.newBuilder()
                    .setSeconds(Math.floorDiv(state.timeMs(), 1000L))
                    .setNanos((int) Math.floorMod(state.timeMs(), 1000L) * 1_000_000));
    Configuration members = state.point().configuration();
    for (var node : members.members().keySet()) {
      var name = "nodes/" + node;
      if (members.isVoter(node)) {
        header.addVoters(name);
      } else {
        header.addLearners(name);
      }
    }
    return header.build();
  }

  private SnapshotChunk chunk(Bytes data) {
    var crc = new CRC32C();
    crc.update(data.asByteBuffer());
    whole.update(data.asByteBuffer());
    var chunk =
        SnapshotChunk.newBuilder()
            .setOffset(offset)
            .setData(UnsafeByteOperations.unsafeWrap(data.asByteBuffer()))
            .setChecksum((int) crc.getValue())
            .build();
    offset += data.size();
    return chunk;
  }
}
