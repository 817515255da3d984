package dev.usher.replica;

import dev.usher.raft.Bytes;
import dev.usher.replica.proto.SnapshotHeader;
import java.io.InputStream;
import java.util.Iterator;

/**
 * The content of a snapshot as somebody sees it who is no replica.
 *
 * @param index of the last entry that is in it
 * @param timeMs log time of that entry, milliseconds since 1970
 * @param requestCount answers already given, kept for those who ask again
 * @param machine the state machine's own pieces, read as they are taken; throws as {@link #read}
 */
public record SnapshotContent(long index, long timeMs, int requestCount, Iterator<Bytes> machine) {
  /**
   * Begins to read.
   *
   * @throws IllegalArgumentException when it is no content of a snapshot, or one of a newer form
   * @throws java.io.UncheckedIOException when the stream fails
   */
  public static SnapshotContent read(InputStream content) {
    Iterator<Bytes> pieces = SnapshotPieces.read(content);
    SnapshotHeader header = SnapshotPieces.header(pieces);
    RequestTable answers = new RequestTable();
    for (int i = 0; i < header.getRequestCount(); i++) {
      SnapshotPieces.answer(pieces, answers);
    }
    return new SnapshotContent(
        header.getAppliedIndex(), header.getTimeMillis(), header.getRequestCount(), pieces);
  }

  /**
   * Makes the group's state of it, in memory, as a node does at its start.
   *
   * @return the digest of the state
   * @throws IllegalArgumentException when a node of this program could not begin with it
   */
  public static Bytes digest(GroupSpec<?> spec, InputStream content) {
    return digestOf(new StateMachineHost<>(spec.machine().get()), content);
  }

  private static Bytes digestOf(StateMachineHost<?> host, InputStream content) {
    host.restore(SnapshotPieces.read(content));
    return host.digest();
  }
}
