package dev.usher.sim;

import dev.usher.raft.Bytes;
import dev.usher.raft.Input;
import dev.usher.raft.Output;
import dev.usher.raft.SnapshotMeta;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** What a node does outside its engine with snapshots: files, and the state machine's change. */
final class SnapshotShell {
  private final Simulation sim;
  private final Safety safety;
  private final RandomGenerator random;
  private final double meanUs;
  private final Coverage coverage;

  SnapshotShell(
      Simulation sim, Safety safety, RandomGenerator random, double meanUs, Coverage coverage) {
    this.coverage = coverage;
    this.sim = sim;
    this.safety = safety;
    this.random = random;
    this.meanUs = meanUs;
  }

  /** The state as it is now; the file takes its time. */
  void start(SimNode node, Output.StartSnapshot start) {
    SimFailure.check(
        start.lastIndex() == node.machine.index && node.installing == null,
        "a snapshot is of the state that it names",
        node.id + " " + start + ", applied " + node.machine.index);
    byte[] file = node.machine.encode();
    SnapshotMeta snapshot =
        new SnapshotMeta(
            SimNode.GROUP,
            start.lastIndex(),
            start.lastTerm(),
            start.lastTimeMs(),
            start.configuration(),
            file.length,
            SimMachine.checksum(file));
    if (random.nextInt(20) == 0) {
      later(node, new Input.SnapshotFailed());
    } else {
      coverage.saw(FaultKind.SNAPSHOT);
      sim.schedule(delayUs(), new Event.FileDone(node.number, node.life, snapshot, file));
    }
  }

  void done(SimNode node, Event.FileDone done) {
    node.disk.files.put(done.snapshot(), done.file());
    sim.step(node, new Input.SnapshotTaken(done.snapshot()));
  }

  void discard(SimNode node, Output.DiscardSnapshot discard) {
    if (!discard.snapshot().equals(node.view.snapshot)) {
      node.disk.files.remove(discard.snapshot());
    }
  }

  void read(SimNode node, Output.ReadChunk read) {
    byte[] file = node.disk.files.get(read.snapshot());
    if (file == null || random.nextInt(50) == 0) {
      later(node, new Input.ChunkUnreadable(read.to(), read.snapshot()));
      return;
    }
    int from = (int) read.offset();
    byte[] piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + read.maxBytes()));
    later(node, new Input.ChunkRead(read.to(), read.snapshot(), from, Bytes.wrap(piece)));
  }

  void write(SimNode node, Output.WriteChunk write) {
    if (write.offset() == 0) {
      node.receiving.reset();
    }
    SimFailure.check(
        node.receiving.size() == write.offset(), "pieces come in order", node.id + " " + write);
    node.receiving.writeBytes(write.data().toArray());
    later(node, new Input.ChunkWritten(write.snapshot(), write.offset() + write.data().size()));
  }

  void install(SimNode node, Output.InstallSnapshot install) {
    node.installing = install.snapshot();
    sim.schedule(delayUs(), new Event.Install(node.number, node.life, install.snapshot()));
  }

  void installed(SimNode node, SnapshotMeta snapshot) {
    byte[] file = node.receiving.toByteArray();
    node.installing = null;
    if (random.nextInt(10) == 0) {
      sim.step(node, new Input.InstallFailed(snapshot));
      return;
    }
    SimFailure.check(
        file.length == snapshot.bytes() && SimMachine.checksum(file) == snapshot.checksum(),
        "a snapshot arrives whole",
        node.id + " " + snapshot);
    coverage.saw(FaultKind.INSTALL);
    node.disk.files.put(snapshot, file);
    node.machine = node.decode(file);
    safety.installed(node, snapshot);
    sim.step(node, new Input.SnapshotInstalled(snapshot));
  }

  private void later(SimNode node, Input input) {
    sim.schedule(delayUs(), new Event.Late(node.number, node.life, input));
  }

  private long delayUs() {
    return 1 + (long) (-Math.log(1 - random.nextDouble()) * meanUs);
  }
}
