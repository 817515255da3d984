package dev.usher.sim;

import dev.usher.raft.Entry;
import dev.usher.raft.HardState;
import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Output;
import dev.usher.raft.Status;
import java.util.List;

/** Looks on while a cluster is simulated, and changes nothing. */
public interface Observer {
  Observer NOBODY =
      new Observer() {
        @Override
        public void stepped(NodeId node, Input input, List<Output> outputs, Status after) {}

        @Override
        public void restarted(NodeId node, HardState hardState, List<Entry> log) {}
      };

  /** Thrown by an observer that has seen enough: the run ends there. */
  final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  void stepped(NodeId node, Input input, List<Output> outputs, Status after);

  /** A node starts again with what its disk holds. */
  void restarted(NodeId node, HardState hardState, List<Entry> log);

  /**
   * Runs a seed before an observer's eyes, without what the specification does not know (see {@link
   * Parameters#asSpecified}).
   *
   * @param mutant when it is a bug, the run ends where the simulator catches it
   * @throws SimFailure when the engine as it is breaks a promise
   */
  static void observe(long seed, Mutant mutant, Observer observer) {
    try {
      Simulation.run(Scenario.of(seed).specified().with(mutant), observer);
    } catch (SimFailure e) {
      if (!(e.getCause() instanceof Enough) && mutant == Mutant.NONE) {
        throw e;
      }
    }
  }
}
