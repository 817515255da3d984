package dev.usher.sim;

import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.MembershipChange;
import dev.usher.raft.Output;
import java.util.random.RandomGenerator;

/** Does what a node's engine asks for, with everybody looking on: disk, network, state machine. */
final class NodeShell {
  /** What it works with. */
  record Parts(
      Parameters parameters,
      RandomGenerator random,
      Clients clients,
      Safety safety,
      SnapshotShell snapshots,
      Coverage coverage) {}

  private final Simulation sim;
  private final Parts parts;
  private final boolean knowsRepeats;

  NodeShell(Simulation sim, Parts parts, Mutant mutant) {
    this.sim = sim;
    this.parts = parts;
    knowsRepeats = mutant != Mutant.FORGETS_REQUESTS;
  }

  void carryOut(SimNode node, Output output) {
    switch (output) {
      case Output.Persist ignored -> {}
      case Output.Send send -> send(node, send);
      case Output.Apply apply -> {
        for (Entry entry : apply.entries()) {
          parts.safety().applied(node, entry);
          long result = node.machine.apply(entry, knowsRepeats);
          parts.safety().state(node);
          parts.clients().applied(node, entry, result);
        }
        parts.clients().serveReads(node);
      }
      case Output.ProposalAccepted accepted -> parts.clients().accepted(node, accepted);
      case Output.ProposalRejected rejected -> parts.clients().rejected(node, rejected);
      case Output.ReadReady ready -> parts.clients().readReady(node, ready);
      case Output.ReadRejected rejected -> parts.clients().readRejected(node, rejected);
      case Output.StateChanged changed -> parts.safety().changed(node, changed);
      case Output.TransferAborted ignored -> {}
      case Output.ConfigurationChanged ignored -> {}
      case Output.MembershipAnswered answered -> {
        if (answered.outcome() == MembershipChange.Outcome.DONE) {
          parts.coverage().saw(FaultKind.MEMBERS);
        }
      }
      case Output.StartSnapshot start -> parts.snapshots().start(node, start);
      case Output.DiscardSnapshot discard -> parts.snapshots().discard(node, discard);
      case Output.ReadChunk read -> parts.snapshots().read(node, read);
      case Output.WriteChunk write -> parts.snapshots().write(node, write);
      case Output.InstallSnapshot install -> parts.snapshots().install(node, install);
      case Output.LogHealed ignored -> {
        HealingSafety.healed(node, parts.safety());
        node.disk.healed();
      }
    }
  }

  private void send(SimNode node, Output.Send send) {
    parts.safety().sent(node, send.to(), send.message());
    int to = Simulation.numberOf(send.to());
    for (int copies = sim.network.isRepeated() ? 2 : 1; copies > 0; copies--) {
      long delayUs = sim.network.delayUs(to);
      if (delayUs != Network.LOST && !sim.network.isCut(node.number, to)) {
        sim.schedule(delayUs, new Event.Deliver(node.id, node.directory(), to, send.message()));
      }
    }
  }

  void persist(SimNode node, Output.Persist write, boolean healed) {
    parts.safety().asked(node, write);
    MemberSafety.asked(node, write);
    node.asked(write);
    MemberSafety.written(node, write);
    double meanUs =
        healed ? Math.min(1_000, parts.parameters().diskMeanUs()) : parts.parameters().diskMeanUs();
    long start = Math.max(sim.nowUs, Math.max(node.disk.busyUntilUs, node.disk.hangsUntilUs));
    long doneUs = start + 1 + (long) (-Math.log(1 - parts.random().nextDouble()) * meanUs);
    node.disk.busyUntilUs = doneUs;
    sim.schedule(doneUs - sim.nowUs, new Event.DiskDone(node.number, node.life, write.sequence()));
  }

  /** A write is done, and sometimes all that queued behind it in the same fsync. */
  void diskDone(SimNode node, Event.DiskDone done) {
    if (node.life != done.life()
        || node.disk.failed
        || node.disk.nextSequence() == 0
        || node.disk.nextSequence() > done.sequence()) {
      return;
    }
    long last = parts.random().nextInt(4) == 0 ? Long.MAX_VALUE : done.sequence();
    sim.step(node, new Input.Persisted(node.disk.write(last)));
  }
}
