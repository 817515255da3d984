package dev.usher.raft.log;

import dev.usher.raft.Bytes;
import dev.usher.raft.Configuration;
import dev.usher.raft.Entry;
import dev.usher.raft.GroupId;
import dev.usher.raft.HardState;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** Words for the log's tests. */
final class LogFixture {
  static final GroupId SEATS = new GroupId("seats-0");
  static final GroupId SYSTEM = new GroupId("system");
  static final Path DIRECTORY = Path.of("/data/node-1/log");
  static final Path FIRST_SEGMENT = DIRECTORY.resolve("segment-0000000001.log");
  static final Path SECOND_SEGMENT = DIRECTORY.resolve("segment-0000000002.log");
  static final int SEGMENT_BYTES = 4096;

  private LogFixture() {}

  static WriteAheadLog open(Disk disk) throws IOException {
    return WriteAheadLog.open(disk, DIRECTORY, new LogOptions(SEGMENT_BYTES, Runnable::run));
  }

  static Entry entry(long term, long index, int payloadBytes) {
    byte[] payload = new byte[payloadBytes];
    Arrays.fill(payload, (byte) index);
    return new Entry(term, index, 1000 + index, Entry.Kind.COMMAND, Bytes.wrap(payload));
  }

  static Output.Persist entries(Entry... entries) {
    return new Output.Persist(0, Optional.empty(), OptionalLong.empty(), List.of(entries));
  }

  static Output.Persist vote(long term, String node) {
    return new Output.Persist(
        0,
        Optional.of(new HardState(term, Optional.of(new NodeId(node)))),
        OptionalLong.empty(),
        List.of());
  }

  static Output.Persist compaction(SnapshotMeta snapshot) {
    return new Output.Persist(
        0,
        Optional.empty(),
        OptionalLong.empty(),
        Optional.of(new Output.Compaction(snapshot)),
        List.of());
  }

  static SnapshotMeta snapshot(GroupId group, long index, long term) {
    Configuration members =
        Configuration.of(new TreeSet<>(List.of(new NodeId("node-1"), new NodeId("node-2"))));
    return new SnapshotMeta(group, index, term, 1000 + index, members, 10, 7);
  }

  static Output.Persist conflict(long from, Entry... entries) {
    return new Output.Persist(0, Optional.empty(), OptionalLong.of(from), List.of(entries));
  }

  /** The first segment as a program of another format version would have written its header. */
  static byte[] withVersion(byte[] segment, int version) {
    ByteBuffer header = ByteBuffer.wrap(segment);
    header.putInt(8, version);
    CRC32C crc = new CRC32C();
    crc.update(segment, 0, 20);
    header.putInt(20, (int) crc.getValue());
    return segment;
  }
}
