package dev.usher.raft;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds an engine in tests, as far as snapshots go: files of some hundred bytes, and
 * answers at once, or when the test gives them.
 */
final class TestShell {
  private static final int FILE_BYTES = 250;

  private final TestNode node;
  private final Map<SnapshotMeta, byte[]> files = new HashMap<>();
  private final Deque<Input> answers = new ArrayDeque<>();

  /** What a restart begins with. */
  @Nullable SnapshotMeta snapshot;

  boolean works = true;

  TestShell(TestNode node) {
    this.node = node;
  }

  static SnapshotMeta meta(long index, long term, Configuration configuration) {
    return new SnapshotMeta(
        TestNode.GROUP, index, term, TestNode.WALL, configuration, FILE_BYTES, (int) index);
  }

  static SnapshotMeta meta(Output.StartSnapshot start) {
    return new SnapshotMeta(
        TestNode.GROUP,
        start.lastIndex(),
        start.lastTerm(),
        start.lastTimeMs(),
        start.configuration(),
        FILE_BYTES,
        (int) start.lastIndex());
  }

  /** One piece of such a file. */
  static Message.SnapshotChunk chunk(long term, SnapshotMeta snapshot, int offset, int size) {
    byte[] file = file(snapshot);
    Bytes data = Bytes.wrap(Arrays.copyOfRange(file, offset, offset + size));
    return new Message.SnapshotChunk(term, snapshot, offset, data, SnapshotReceiver.checksum(data));
  }

  void keep(SnapshotMeta found) {
    snapshot = found;
    files.put(found, file(found));
  }

  void crash() {
    answers.clear();
  }

  boolean isBusy() {
    return works && !answers.isEmpty();
  }

  Input next() {
    return answers.removeFirst();
  }

  /** The node has forgotten its snapshot's file. */
  void lose(SnapshotMeta lost) {
    files.remove(lost);
  }

  void compacted(SnapshotMeta to) {
    keep(to);
    node.diskLog.removeIf(entry -> entry.index() <= to.lastIndex());
  }

  void start(Output.StartSnapshot start) {
    files.put(meta(start), file(meta(start)));
    answers.add(new Input.SnapshotTaken(meta(start)));
  }

  void read(Output.ReadChunk read) {
    byte[] file = files.get(read.snapshot());
    if (file == null) {
      answers.add(new Input.ChunkUnreadable(read.to(), read.snapshot()));
      return;
    }
    int from = (int) read.offset();
    int to = Math.min(file.length, from + read.maxBytes());
    answers.add(
        new Input.ChunkRead(
            read.to(), read.snapshot(), from, Bytes.wrap(Arrays.copyOfRange(file, from, to))));
  }

  void write(Output.WriteChunk write) {
    answers.add(new Input.ChunkWritten(write.snapshot(), write.offset() + write.data().size()));
  }

  void install(Output.InstallSnapshot install) {
    answers.add(new Input.SnapshotInstalled(install.snapshot()));
    files.put(install.snapshot(), file(install.snapshot()));
    node.applied.clear();
  }

  private static byte[] file(SnapshotMeta snapshot) {
    byte[] file = new byte[FILE_BYTES];
    for (int i = 0; i < FILE_BYTES; i++) {
      file[i] = (byte) (i * snapshot.lastIndex());
    }
    return file;
  }
}
