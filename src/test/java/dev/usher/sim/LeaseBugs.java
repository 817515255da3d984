package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.Role;
import java.util.List;

/** Bugs in leases and in what they rest on; {@link Mutant} says what each is. */
final class LeaseBugs {
  private LeaseBugs() {}

  static List<Output> countsItsLeaseFromTheAnswer(MutantMemory memory, Now now, Input input) {
    return leasing(memory, now, input, true);
  }

  static List<Output> keepsItsLeaseAfterATransfer(MutantMemory memory, Now now, Input input) {
    return leasing(memory, now, input, false);
  }

  /** A lease of the mutant's own, which answers reads where the engine's does not. */
  private static List<Output> leasing(
      MutantMemory memory, Now now, Input input, boolean fromTheAnswer) {
    if (memory.config.leaseMs() == 0) {
      return memory.core.step(now, input);
    }
    if (input instanceof Input.Read read
        && memory.core.status().role() == Role.LEADER
        && memory.hasCommittedInTerm()
        && memory.lease.holds(memory.core.status().term(), now.monotonicMs())) {
      return List.of(new Output.ReadReady(read.readId(), memory.core.status().commitIndex()));
    }
    List<Output> outputs = memory.core.step(now, input);
    if (memory.core.status().role() == Role.LEADER) {
      memory.lease.step(memory.core, now.monotonicMs(), input, outputs, fromTheAnswer);
    }
    return outputs;
  }
}
