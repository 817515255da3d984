package dev.usher.sim;

import dev.usher.raft.Input;
import dev.usher.raft.Message;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftHooks;
import java.util.ArrayList;
import java.util.List;

/** Bugs in taking and installing snapshots; {@link Mutant} says what each is. */
final class SnapshotBugs {
  private SnapshotBugs() {}

  static List<Output> namesSnapshotsByTheCommitIndex(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    outputs.replaceAll(
        output ->
            output instanceof Output.StartSnapshot start
                ? new Output.StartSnapshot(
                    memory.core.status().commitIndex(),
                    start.lastTerm(),
                    start.lastTimeMs(),
                    start.configuration())
                : output);
    return outputs;
  }

  static List<Output> acknowledgesASnapshotBeforeItsDisk(
      MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i) instanceof Output.Persist write && write.compaction().isPresent()) {
        outputs.addAll(memory.core.step(now, new Input.Persisted(write.sequence())));
      }
    }
    return outputs;
  }

  static List<Output> takesPurgedForConflict(MutantMemory memory, Now now, Input input) {
    if (input instanceof Input.Received received
        && received.message() instanceof Message.AppendRequest request
        && request.term() == memory.core.status().term()
        && request.prevIndex() < RaftHooks.baseIndex(memory.core)) {
      RaftHooks.truncateFrom(memory.core, memory.core.status().commitIndex() + 1);
    }
    return memory.core.step(now, input);
  }

  static List<Output> takesASnapshotWhileInstalling(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    for (Output output : List.copyOf(outputs)) {
      if (output instanceof Output.InstallSnapshot && memory.applied > 0) {
        outputs.add(new Output.StartSnapshot(memory.applied, 0, 0, memory.core.configuration()));
      } else if (output instanceof Output.Apply apply) {
        memory.applied = apply.entries().getLast().index();
      }
    }
    return outputs;
  }
}
