package dev.usher.sim;

import dev.usher.raft.Configuration;
import dev.usher.raft.Entry;
import dev.usher.raft.Input;
import dev.usher.raft.NodeId;
import dev.usher.raft.Now;
import dev.usher.raft.Output;
import dev.usher.raft.RaftHooks;
import dev.usher.raft.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Bugs in changes of the members; {@link Mutant} says what each is. */
final class MemberBugs {
  private MemberBugs() {}

  static List<Output> commitsByTheNewHalfAlone(MutantMemory memory, Now now, Input input) {
    Configuration members = memory.core.configuration();
    return committing(memory, now, input, members.voters(), members.voters().size());
  }

  static List<Output> countsLearners(MutantMemory memory, Now now, Input input) {
    Configuration members = memory.core.configuration();
    return committing(memory, now, input, members.members().keySet(), members.voters().size());
  }

  /** A leader commits what more than half of {@code voters} of these have, in its own term. */
  private static List<Output> committing(
      MutantMemory memory, Now now, Input input, Set<NodeId> counted, int voters) {
    List<Output> outputs = new ArrayList<>(memory.core.step(now, input));
    if (memory.core.status().role() == Role.LEADER) {
      memory.remember(input);
      long reached = memory.reached(counted, voters);
      if (RaftHooks.term(memory.core, reached) == memory.core.status().term()) {
        RaftHooks.commitTo(memory.core, reached);
      }
    }
    return outputs;
  }

  static List<Output> changesTwiceAtOnce(MutantMemory memory, Now now, Input input) {
    return changesAtOnce(memory, now, input, true);
  }

  static List<Output> changesBeforeItsFirstCommit(MutantMemory memory, Now now, Input input) {
    return changesAtOnce(memory, now, input, !memory.hasCommittedInTerm());
  }

  private static List<Output> changesAtOnce(
      MutantMemory memory, Now now, Input input, boolean applies) {
    if (applies
        && input instanceof Input.ChangeMembership request
        && memory.core.status().role() == Role.LEADER) {
      RaftHooks.changeAtOnce(memory.core, request.change());
      return memory.core.step(now, new Input.Tick());
    }
    return memory.core.step(now, input);
  }

  static List<Output> keepsATruncatedConfiguration(MutantMemory memory, Now now, Input input) {
    List<Output> outputs = memory.core.step(now, input);
    for (Output output : outputs) {
      if (output instanceof Output.Persist write) {
        if (memory.configuration != null
            && write.truncateFrom().isPresent()
            && write.truncateFrom().getAsLong() <= memory.configuration.index()) {
          RaftHooks.appendedConfiguration(memory.core, memory.configuration);
        }
        for (Entry entry : write.entries()) {
          if (entry.kind() == Entry.Kind.CONFIGURATION) {
            memory.configuration = entry;
          }
        }
      }
    }
    return outputs;
  }
}
